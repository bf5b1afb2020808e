#!/usr/bin/env python3
"""repl.py EVENTSPEC LARGE-DOMAIN-TOOL [FIGURE]…: the bars of the REPL, measured from outside on a pseudo-terminal.

What is taken is the time from a key to the last byte that the tool writes before it waits again. Figures: start,
answer, past, completion, script; all of them by default. The exit code is 1 where a bar is not met.
"""
import fcntl
import json
import os
import pty
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
import uuid

failed = False


def report(name, seconds, bar=None):
    """One line for a list of times, against a bar in milliseconds where there is one."""
    global failed
    median = statistics.median(seconds) * 1e3
    worst = max(seconds) * 1e3
    failed |= bar is not None and median > bar
    verdict = "" if bar is None else f"  bar {bar} ms  {'ok' if median <= bar else 'MISSED'}"
    print(f"{name:<58} median {median:8.2f} ms  worst {worst:8.2f} ms{verdict}", flush=True)


class Terminal:
    """A tool on a pseudo-terminal."""

    def __init__(self, *command):
        self.began = time.perf_counter()
        self.process, self.master = pty.fork()
        if self.process == 0:
            environment = dict(os.environ, TERM="xterm", LC_ALL="C.UTF-8", EVENTSPEC_HISTORY="", EVENTSPEC_RECOVERY="",
                               EVENTSPEC_REPLRC="", NO_COLOR="1")
            os.execve(command[0], command, environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.output = b""

    def read(self, ends, limit=120.0, silence=0.05):
        """Reads until some bytes have come and nothing more does; returns when the last byte came."""
        self.output = b""
        deadline = time.perf_counter() + limit
        last = None
        while time.perf_counter() < deadline:
            done = last is not None and ends in self.output
            ready, _, _ = select.select([self.master], [], [], silence if done else 1.0)
            if ready:
                try:
                    self.output += os.read(self.master, 1 << 16)
                except OSError:
                    break
                last = time.perf_counter()
            elif done:
                return last
        raise SystemExit(f"never seen: {ends!r}; last seen {self.output[-500:]!r}")

    def time(self, keys, ends, **options):
        """How long the answer to some keys takes."""
        began = time.perf_counter()
        os.write(self.master, keys)
        return self.read(ends, **options) - began

    def close(self):
        # Whatever stands in the line is given up first.
        os.write(self.master, b"\x03\x04")
        try:
            while os.read(self.master, 1 << 16):
                pass
        except OSError:
            pass
        os.close(self.master)
        os.waitpid(self.process, 0)


def start(tool, large, folder):
    for name, command, bar in [("start to prompt", [tool, "repl"], 50),
                               ("start to prompt, domain of 500 messages", [large, "repl"], None)]:
        times = []
        for _ in range(20):
            terminal = Terminal(*command)
            times.append(terminal.read(b">") - terminal.began)
            terminal.close()
        report(name, times, bar)


def order_events(count, stream):
    """An order's events: items come and go, few are there at a time."""
    # A UUID that carries a name of up to six bytes.
    carried = bytearray(stream.encode().ljust(16, b"\0"))
    carried[6], carried[8] = 0x80, 0x90
    identity = str(uuid.UUID(bytes=bytes(carried)))

    def event(version, kind, payload):
        return json.dumps({
            "position": str(version), "stream": f"order-{identity}", "version": version, "id": str(uuid.uuid4()),
            "type": kind, "occurredAt": f"2026-01-{1 + version // 10000:02}T00:00:00Z",
            "payload": dict(payload, orderID=identity)})

    yield event(1, "OrderCreated", {"customerID": str(uuid.uuid4())})
    here = []
    for version in range(2, count + 1):
        if len(here) == 8:
            yield event(version, "OrderItemRemoved", {"productID": here.pop(0)})
        else:
            here.append(str(uuid.uuid4()))
            yield event(version, "OrderItemAdded", {
                "productID": here[-1], "productName": f"Product {version}", "quantity": 2, "unitPrice": 9.99})


def store(tool, folder, count):
    lines = os.path.join(folder, f"{count}.ndjson")
    with open(lines, "w") as file:
        file.writelines(line + "\n" for line in order_events(count, "big"))
    path = "sqlite:" + os.path.join(folder, f"{count}.db")
    subprocess.run([tool, "store", "import", "--store", path, lines], check=True, stderr=subprocess.DEVNULL)
    return path


def session(folder, count):
    """The same stream as the lines of a session."""
    path = os.path.join(folder, f"{count}.repl")
    with open(path, "w") as file:
        file.write("OrderCreated(customerID: alice)\n")
        here = []
        for number in range(2, count + 1):
            if len(here) == 8:
                file.write(f"OrderItemRemoved(productID: p{here.pop(0)})\n")
            else:
                here.append(number)
                file.write(f"OrderItemAdded(productID: p{number}, productName: Product {number}, quantity: 2, "
                           "unitPrice: 9.99)\n")
    return path


def answers(terminal, name, bar):
    times = []
    for number in range(20):
        times.append(terminal.time(
            f"AddItem(productID: x{number}, productName: X, quantity: 1, unitPrice: 1)\r".encode(), f"+{number + 1}".encode()))
    report(f"a command, {name}", times, bar)
    times = [terminal.time(b":state total\r", b"> ") for _ in range(20)]
    report(f":state, {name}", times, bar)
    times = [terminal.time(b"Then state(status: draft)\r", b"> ") for _ in range(20)]
    report(f"a check, {name}", times, bar)
    times = [terminal.time(b":undo\r", b"> ") for _ in range(5)]
    report(f":undo, {name}", times, bar)


def answer(tool, large, folder):
    terminal = Terminal(tool, "repl", "--store", store(tool, folder, 1000))
    terminal.read(b"> ")
    terminal.time(b":open Order big\r", b"v1000")
    answers(terminal, "1,000 events in SQLite", 5)
    terminal.close()
    terminal = Terminal(tool, "repl")
    terminal.read(b"> ")
    terminal.time(f":load {session(folder, 1000)}\r".encode(), b"v1000")
    answers(terminal, "1,000 events in memory", 5)
    terminal.close()


def past(tool, large, folder):
    versions = [1, 99999, 50000, 777, 31416, 64000, 2, 98765, 12345, 77777]
    terminal = Terminal(tool, "repl", "--store", store(tool, folder, 100000))
    terminal.read(b"> ")
    seconds = terminal.time(b":open Order big\r", b"v100000")
    print(f"{'opening a stream of 100,000 events in SQLite':<58} {seconds * 1e3:15.0f} ms", flush=True)
    report(":at, 100,000 events in SQLite",
           [terminal.time(f":at {version}\r".encode(), f"v{version} of".encode()) for version in versions], 50)
    report(":at TIME, 100,000 events in SQLite",
           [terminal.time(f":at 2026-01-{day:02}T12:00:00Z\r".encode(), b"(past)") for day in range(1, 10)], 50)
    terminal.close()
    terminal = Terminal(tool, "repl")
    terminal.read(b"> ")
    terminal.time(f":load {session(folder, 100000)}\r".encode(), b"v100000")
    report(":at, 100,000 events in memory",
           [terminal.time(f":at {version}\r".encode(), f"v{version} of".encode()) for version in versions], 50)
    report(":diff, 100,000 events in memory",
           [terminal.time(f":diff {version} 100000\r".encode(), b"> ") for version in versions], 50)
    terminal.close()


def completion(tool, large, folder):
    terminal = Terminal(large, "repl")
    terminal.read(b"> ")
    for name, text in [("A", b"A"), ("nothing", b""), ("a field", b"ConfirmContract("), (":describe", b":describe "),
                       ("Then A", b"Then A")]:
        times = []
        for _ in range(10):
            if text:
                terminal.time(text, b"")
            times.append(terminal.time(b"\t", b"" if text else b"Add"))
            terminal.time(b"\x03", b"> ")
        report(f"TAB behind {name}, 500 messages", times, 10)
    times = [terminal.time(key, b"") for key in [b"A", b"d", b"d", b"A", b"c", b"c", b"o", b"u", b"n", b"t", b"("]]
    report("a key with its hint, 500 messages", times, 10)
    terminal.close()


def script(tool, large, folder):
    path = os.path.join(folder, "script.repl")
    lines = 0
    with open(path, "w") as file:
        for number in range(5000):
            file.write(f"Order o{number}: CreateOrder(customerID: c{number % 100})\n")
            file.write(f"Order o{number}: AddItem(productID: a, productName: A, quantity: 1, unitPrice: 1.50)\n")
            file.write(f"Order o{number}: AddItem(productID: b, productName: B, quantity: 2, unitPrice: 2.50)\n")
            file.write(f"Then Order o{number}: events include OrderItemAdded(productID: b, ...)\n")
            file.write(f"And Order o{number}: state(items.count: 2)\n")
            file.write(":commit\n")
            lines += 6
    for arguments in [[], ["--json"]]:
        began = time.perf_counter()
        subprocess.run([tool, "repl", path] + arguments, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - began
        global failed
        rate = lines / seconds
        failed |= rate < 10000
        print(f"{' '.join(['script of', f'{lines:,}', 'lines over 5,000 streams'] + arguments):<58} {rate:8.0f} lines a second"
              f"  bar 10000  {'ok' if rate >= 10000 else 'MISSED'}", flush=True)


figures = {"start": start, "answer": answer, "past": past, "completion": completion, "script": script}
tool, large = (os.path.abspath(path) for path in sys.argv[1:3])
with tempfile.TemporaryDirectory() as folder:
    for figure in sys.argv[3:] or figures:
        figures[figure](tool, large, folder)
sys.exit(1 if failed else 0)

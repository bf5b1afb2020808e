"""The Python package eventsourcing at the same work: python peer.py append|read [SECONDS].

Its own variables name the database. Prints a key and events a second for each measure.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event


class Basket(Aggregate):
    @event("Started")
    def __init__(self, product, name, quantity, price, note):
        self.count = quantity

    @event("Added")
    def add(self, product, name, quantity, price, note):
        self.count += quantity


class Baskets(Application):
    pass


def item():
    return uuid4(), "Kettle, brushed steel", 2, Decimal("29.95"), "x" * 80


def append(app, callers, seconds):
    """Saves new baskets of one event each, from several threads at once."""
    start = time.monotonic()

    def work(_):
        count = 0
        while time.monotonic() - start < seconds:
            app.save(Basket(*item()))
            count += 1
        return count

    with ThreadPoolExecutor(callers) as threads:
        count = sum(threads.map(work, range(callers)))
    return count / (time.monotonic() - start)


def load(app, count):
    basket = Basket(*item())
    app.save(basket)
    for _ in range(count // 1000):
        for _ in range(1000):
            basket.add(*item())
        app.save(basket)
    rates = []
    for _ in range(3):
        start = time.monotonic()
        found = app.repository.get(basket.id)
        rates.append(found.version / (time.monotonic() - start))
    return sorted(rates)[1]


def read(app, limit):
    count, start, last = 0, time.monotonic(), 0
    while count < limit:
        found = app.recorder.select_notifications(start=last + 1, limit=1000)
        if not found:
            break
        for notification in found:
            app.mapper.to_domain_event(notification)
        count += len(found)
        last = found[-1].id
    return count / (time.monotonic() - start)


def main():
    measure = sys.argv[1]
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 3
    app = Baskets()
    if measure == "append":
        print(f"append-1 {append(app, 1, seconds):.0f}")
        print(f"append-64 {append(app, 64, seconds):.0f}")
    else:
        print(f"load {load(app, 20_000):.0f}")
        print(f"read {read(app, 20_000):.0f}")


main()

#!/usr/bin/env python3
"""generate.py [AGGREGATES]: writes LargeDomain.swift, a domain of 50 messages an aggregate, 500 by default."""
import pathlib
import sys

nouns = ["Account", "Booking", "Contract", "Delivery", "Employee", "Forecast", "Garage", "Hotel", "Invoice", "Journey"]
verbs = ["Add", "Assign", "Cancel", "Change", "Close", "Confirm", "Correct", "Merge", "Move", "Open", "Pause", "Prove",
         "Raise", "Release", "Remove", "Rename", "Reopen", "Repeat", "Resume", "Review", "Send", "Split", "Stop", "Swap",
         "Verify"]
fields = "reason: String, amount: Decimal, count: Int, until: Date?, by: UUID"


def past(verb):
    irregular = {"Send": "Sent", "Split": "Split", "Stop": "Stopped", "Swap": "Swapped", "Verify": "Verified"}
    return irregular.get(verb) or verb + ("d" if verb.endswith("e") else "ed")


def lower(name):
    return name[0].lower() + name[1:]


count = int(sys.argv[1]) if len(sys.argv) > 1 else len(nouns)
lines = ["// Written by generate.py, and kept so that the package builds without a step before it.", "import EventSourcing", ""]
for noun in nouns[:count]:
    lines += [f"struct {noun}: Aggregate {{", "  enum Command: DomainMessage {"]
    lines += [f"    case {lower(verb)}{noun}({fields})" for verb in verbs]
    lines += ["  }", "  enum Event: DomainMessage {"]
    lines += [f"    case {lower(noun)}{past(verb)}({fields})" for verb in verbs]
    lines += ["  }", "", "  var events = 0", "", "  init() {}", "",
              "  func handle(_ command: Command, in context: Context) throws -> [Event] { [] }",
              "  mutating func apply(_ event: Event) { events += 1 }", "}", ""]
lines += ['let large = Domain("Large") {'] + [f"  {noun}.self" for noun in nouns[:count]] + ["}"]
pathlib.Path(__file__).with_name("LargeDomain.swift").write_text("\n".join(lines) + "\n")

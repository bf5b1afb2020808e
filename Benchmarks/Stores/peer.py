"""The Python package eventsourcing at the same work: python peer.py [SECONDS], with its own variables for the database."""
import sys
import time
from decimal import Decimal
from uuid import uuid4

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event


class Basket(Aggregate):
    @event("Started")
    def __init__(self):
        self.count = 0

    @event("Added")
    def add(self, product, name, quantity, price, note):
        self.count += quantity


class Baskets(Application):
    pass


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 3
    app = Baskets()

    def add(basket):
        basket.add(uuid4(), "Kettle, brushed steel", 2, Decimal("29.95"), "x" * 80)

    count, start = 0, time.monotonic()
    while time.monotonic() - start < seconds:
        app.save(Basket())
        count += 1
    print(f"append, one caller, one event each: {count / (time.monotonic() - start):.0f}")

    basket = Basket()
    app.save(basket)
    for _ in range(10):
        for _ in range(100):
            add(basket)
        app.save(basket)
    count, start = 0, time.monotonic()
    while time.monotonic() - start < seconds:
        app.repository.get(basket.id)
        count += 1001
    print(f"load a stream, decoded: {count / (time.monotonic() - start):.0f}")

    count, start, last = 0, time.monotonic(), 0
    while time.monotonic() - start < seconds:
        found = app.recorder.select_notifications(start=last + 1, limit=1000)
        if not found:
            break
        for notification in found:
            app.mapper.to_domain_event(notification)
        count += len(found)
        last = found[-1].id
    print(f"read all, decoded: {count / (time.monotonic() - start):.0f}")


main()

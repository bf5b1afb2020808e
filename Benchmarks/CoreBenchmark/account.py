"""The account of Account.swift with the Python package eventsourcing, in memory.

Prints events a second of processor time, appended (each with a save of its own) and replayed.
"""

import time
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event


class Account(Aggregate):
    @event("Opened")
    def __init__(self, owner: str):
        self.owner = owner
        self.balance = 0
        self.movements = 0

    def deposit(self, amount: int) -> None:
        if amount <= 0:
            raise ValueError("Amount must be positive")
        self._deposited(amount=amount)

    @event("Deposited")
    def _deposited(self, amount: int) -> None:
        self.balance += amount
        self.movements += 1


def main() -> None:
    count = 20_000
    application = Application()
    account = Account(owner="alice")
    start = time.process_time()
    application.save(account)
    for _ in range(1, count):
        account.deposit(1)
        application.save(account)
    appended = count / (time.process_time() - start)

    identifier: UUID = account.id
    start = time.process_time()
    copy = application.repository.get(identifier)
    replayed = count / (time.process_time() - start)
    assert copy.movements == count - 1
    print(f"{appended:.0f} {replayed:.0f}")


main()

#!/usr/bin/env python3
"""Generates spec files of the example domain Ordering for the benchmark.

usage: generate.py FOLDER SCENARIOS [SCENARIOS-PER-FILE]
       generate.py FOLDER history ITEMS

The second makes one scenario with a history of so many items. In the first, each feature has a Background of one step; each scenario one to three events of history, a command, and one or two
outcomes: five steps on average, the Background's among them.
"""
import pathlib
import sys

HOME = '{street: "1 Main St", city: Kyiv, postalCode: "01001", country: UA}'


def item(number, quantity, cents):
    return (f"OrderItemAdded(productID: p{number}, productName: Product {'ABCDEFGHIJ'[number % 10]}, "
            f"quantity: {quantity}, unitPrice: {cents / 100:.2f})")


def scenario(number):
    count = 1 + number % 3
    items = [(number * 7 + i, 1 + (number + i) % 9, 100 + (number * 13 + i * 31) % 9900) for i in range(count)]
    lines = [f"  Scenario: Order {number}"]
    for index, (product, quantity, cents) in enumerate(items):
        lines.append(f"    {'Given' if index == 0 else 'And'} {item(product, quantity, cents)}")
    total = sum(quantity * cents for _, quantity, cents in items)
    kind = number % 4
    if kind == 0:
        lines.append(f"    When PlaceOrder(shippingAddress: {HOME})")
        lines.append(f"    Then OrderPlaced(shippingAddress: {HOME}, totalAmount: {total / 100:.2f})")
    elif kind == 1:
        lines.append(f"    When RemoveItem(productID: p{items[0][0]})")
        lines.append(f"    Then OrderItemRemoved(productID: p{items[0][0]})")
        lines.append(f"    And state(status: draft, items.count: {count - 1})")
    elif kind == 2:
        lines.append('    When ShipOrder(trackingNumber: "T1", carrier: Post)')
        lines.append('    Then error "Order must be placed before shipping"')
    else:
        lines.append('    When CancelOrder(reason: "no longer needed", cancelledBy: alice)')
        lines.append('    Then OrderCancelled(reason: "no longer needed", cancelledBy: alice)')
    return "\n".join(lines)


def history(folder, count):
    with open(folder / "history.feature", "w") as file:
        file.write("Feature: A long history\n\n  Scenario: Many items\n    Given OrderCreated(customerID: alice)\n")
        file.write("    And OrderItemAdded\n      | productID | productName | quantity | unitPrice |\n")
        for number in range(count):
            file.write(f"      | p{number} | Product {number} | 1 | 1.00 |\n")
        file.write(f"    Then state(items.count: {count}, total: {count})\n")


def main():
    folder = pathlib.Path(sys.argv[1])
    if sys.argv[2] == "history":
        folder.mkdir(parents=True, exist_ok=True)
        return history(folder, int(sys.argv[3]))
    total = int(sys.argv[2])
    per_file = int(sys.argv[3]) if len(sys.argv) > 3 else total
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, total, per_file):
        with open(folder / f"orders-{start // per_file:05}.feature", "w") as file:
            file.write("Feature: Generated orders\n\n  Background:\n    Given OrderCreated(customerID: alice)\n")
            for number in range(start, min(start + per_file, total)):
                file.write("\n" + scenario(number) + "\n")


main()

// The module EventSourcingTesting.

// The module EventSourcing.

// The module EventSpec.

// The module EventSpecTesting.

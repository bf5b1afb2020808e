// The module EventSpecREPL.

// The module EventSpecCLI.

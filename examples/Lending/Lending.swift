// The example domain Lending.

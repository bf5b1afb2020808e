// The example domain Banking.

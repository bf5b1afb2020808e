// The example domain Ordering.

"""A newsroom on the loopback interface that behaves like the real one and has the ground truth."""

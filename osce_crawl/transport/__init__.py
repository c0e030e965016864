"""What comes over the network: whole, or a failure."""

"""What the hot paths cost, measured on the machine at hand; see README.md beside this file."""

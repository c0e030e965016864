"""What the commands do, by name, and what they share: messages, tables, streams."""

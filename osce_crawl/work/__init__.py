"""What the commands of `osce_crawl.commands` do, and what they share: messages, tables, streams."""

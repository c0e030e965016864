"""The work of `osce_crawl.commands`, and what they share: messages, tables, streams."""

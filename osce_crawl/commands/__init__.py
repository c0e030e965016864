"""The project's commands: what Scrapy asks of each for its list and its help.

Scrapy imports all of these modules for any command, so that what one of them imports is paid for
by `scrapy version`. A module here therefore holds the `Command` alone: its words, its options and
the calls of Scrapy. What the command does is in `osce_crawl.work`, in the module of the same name,
and the method that needs it imports it.
"""

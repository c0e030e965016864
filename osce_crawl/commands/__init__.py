"""The project's commands, as far as Scrapy needs them for its list and its help.

Scrapy imports all of these modules for any command, so that every import in them also slows down
`scrapy version`. A module here therefore contains only the `Command`: its words, its options and
the methods that Scrapy calls. What a command does is in the module of the same name in
`osce_crawl.actions`, which is imported by the method that needs it.
"""

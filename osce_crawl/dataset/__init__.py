"""A folder ready to publish: the items as files, as a database and as a page."""

"""A folder that can be published as it is: the items as files, as a database and as a page."""

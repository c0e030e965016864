"""index.html: the dataset as one page that needs nothing else.

`frame` puts it together: `counts` asks newsroom.db, `charts` and `places` draw, `sections` and
`releases` tell.
"""

from osce_crawl.dataset.page.frame import About, write_page

__all__ = ["About", "write_page"]

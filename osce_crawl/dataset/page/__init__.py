"""index.html: the dataset as one self-contained page.

`frame` assembles it: `counts` queries newsroom.db, `charts` and `places` draw, `sections` and
`releases` write tables and text.
"""

from osce_crawl.dataset.page.frame import About, write_page

__all__ = ["About", "write_page"]

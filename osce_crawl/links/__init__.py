"""How releases belong together: translations, copies, near-copies, citations.

All of it is computed from the rows of a snapshot; nothing is kept between runs. Needs numpy, which
is part of the extra ``dataset``.
"""

from osce_crawl.links.all_links import links
from osce_crawl.links.link import Link, link_columns

__all__ = ["Link", "link_columns", "links"]

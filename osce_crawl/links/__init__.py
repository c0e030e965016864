"""How releases belong together: translations, copies, near-copies, citations.

All of it is worked out from the rows of a snapshot; nothing is kept from run to run. Needs numpy,
which is in the extra ``dataset``.
"""

from osce_crawl.links.all_links import links
from osce_crawl.links.link import Link, link_columns

__all__ = ["Link", "link_columns", "links"]

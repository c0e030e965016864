"""What earlier runs know, in one SQLite file: items, revisions, listing, coverage, changes.

`store.Store` is the door; the modules behind it hold one table's rules each. Without a file
(``OSCE_STORE=``) the same store lives in a temporary one and ends with the process.
"""

from osce_crawl.store.database import StoreError
from osce_crawl.store.store import Store

__all__ = ["Store", "StoreError"]

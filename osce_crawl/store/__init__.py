"""What earlier runs know, in one SQLite file: items, revisions, listing, coverage, changes.

`store.Store` is the entry point; each module behind it holds the rules of one table. Without a
file (``OSCE_STORE=``) the store is a temporary file that ends with the process.
"""

from osce_crawl.store.database import StoreError
from osce_crawl.store.store import Store

__all__ = ["Store", "StoreError"]

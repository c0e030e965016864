-- What runs find otherwise than it is known, while it cannot be published: a listing that shows it
-- no more (`gone` with its page, or only `unlisted`), a listing that shows it in other words
-- (`reworded`), a page that cannot be had (`failed`), a listing that is `shorter`. See `unconfirmed.py`.
CREATE TABLE doubt (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    words TEXT NOT NULL,
    first TEXT NOT NULL,
    found_by TEXT NOT NULL,
    days INTEGER NOT NULL,
    last TEXT,
    at_once INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- An address without a node id is known by the item that was published with it.
CREATE INDEX item_url ON item (json_extract(row, '$.url'));

-- The run that is being published: written before its first file is renamed, gone once its end is
-- noted. `plan` is all that another process needs to go on with it, see `publication.py`; what the
-- run has met is in `held` meanwhile.
CREATE TABLE publication (
    run_id TEXT PRIMARY KEY,
    plan TEXT NOT NULL CHECK (json_valid(plan))
) WITHOUT ROWID;

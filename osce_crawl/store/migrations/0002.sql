CREATE TABLE doubt (
    -- Differences that runs found from what is known, until they are published or disappear. The
    -- checks use them to distinguish what came all at once from what added up over nights that
    -- could not be published.

    -- `gone`: an item and its page; `unlisted`: an item that no listing shows although its page is
    -- there; `reworded`: an entry in other words; `failed`: a page that could not be fetched;
    -- `shorter`: a whole listing with fewer entries
    kind TEXT NOT NULL,
    -- the item, the entry (`node-language`), or the arguments of the runs
    key TEXT NOT NULL,
    -- hash of a reworded entry's words
    words TEXT NOT NULL,
    -- the day on which it was first found
    first TEXT NOT NULL,
    -- the last run that found it
    found_by TEXT NOT NULL,
    -- number of days on which full walks found it; for failed pages, any run
    days INTEGER NOT NULL,
    -- the last of these days
    last TEXT,
    -- 1 if too many were first found together, so that it must be confirmed
    at_once INTEGER NOT NULL DEFAULT 0,
    -- 1 if it was published in this state
    settled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- An address without a node id is known by the item that was published with it.
CREATE INDEX item_url ON item (json_extract(row, '$.url'));

CREATE TABLE publication (
    -- The run that is being published, from before its first file is renamed until its end is
    -- recorded; usually none. What it has seen is in `held` until then.

    -- the run
    run_id TEXT PRIMARY KEY,
    -- everything another process needs to complete the publication: time, files with their hashes,
    -- report, what the run has proven; as JSON
    plan TEXT NOT NULL CHECK (json_valid(plan))
) WITHOUT ROWID;

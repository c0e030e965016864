-- The dataset as it was last published, and what a later run needs to know of it.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row an item; `row` is the line of the feed. `number` is the node, -1 where it is a hash.
-- `checksum` is the CRC-32 of `row`: SQLite itself does not notice a text that has changed.
CREATE TABLE item (
    id TEXT PRIMARY KEY,
    node TEXT NOT NULL,
    number INTEGER NOT NULL,
    language TEXT NOT NULL,
    published TEXT,
    content_type TEXT,
    complete INTEGER NOT NULL,
    removed_at TEXT,
    row TEXT NOT NULL,
    checksum INTEGER NOT NULL
);
-- The order of the feed: by date, the newest first, undated ones last.
CREATE INDEX item_order ON item (published DESC, number DESC, node, language);
CREATE INDEX item_node ON item (node);
CREATE INDEX item_incomplete ON item (id) WHERE NOT complete;

-- What an item was before a change; what it is now stands in `item`.
CREATE TABLE revision (
    item_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    change TEXT NOT NULL,
    run_id TEXT NOT NULL,
    at TEXT NOT NULL,
    row TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    PRIMARY KEY (item_id, number)
) WITHOUT ROWID;

-- The listing as last seen: an entry, the item or refusal behind it, the validators of its page.
CREATE TABLE listing (
    node TEXT NOT NULL,
    language TEXT NOT NULL,
    published TEXT,
    entry TEXT NOT NULL CHECK (json_valid(entry)),
    item_id TEXT,
    refusal TEXT,
    extractor TEXT,
    etag TEXT,
    last_modified TEXT,
    PRIMARY KEY (node, language)
) WITHOUT ROWID;
CREATE INDEX listing_item ON listing (item_id);

-- Spans of listing dates, both ends included, that an unfiltered walk has met in full.
CREATE TABLE coverage (
    first TEXT PRIMARY KEY,
    last TEXT NOT NULL
) WITHOUT ROWID;

-- What a withheld run has met, so that it can still be accepted: see `seen.py`.
CREATE TABLE held (
    node TEXT NOT NULL,
    language TEXT NOT NULL,
    position INTEGER NOT NULL,
    entry TEXT NOT NULL,
    item_id TEXT,
    part INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    PRIMARY KEY (node, language)
) WITHOUT ROWID;

-- Answers that are not published yet: `kind` is item, unchanged, removed or refused; `led_from` is
-- the address that was asked where the site led away from it; `reading` how the page was read;
-- `entry` how the listing showed it then.
CREATE TABLE staged (
    node TEXT NOT NULL,
    language TEXT NOT NULL,
    kind TEXT NOT NULL,
    item_id TEXT,
    rank INTEGER NOT NULL,
    refusal TEXT,
    etag TEXT,
    last_modified TEXT,
    led_from TEXT,
    staged_at TEXT NOT NULL,
    row TEXT CHECK (row IS NULL OR json_valid(row)),
    reading TEXT NOT NULL,
    entry TEXT,
    PRIMARY KEY (node, language)
) WITHOUT ROWID;
CREATE INDEX staged_item ON staged (item_id);

-- `reasons` are the findings of the verdict; `measures` what later runs are held against; `proof`
-- what `scrapy runs accept` needs of a withheld run.
CREATE TABLE run (
    id TEXT PRIMARY KEY,
    pid INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    arguments TEXT NOT NULL,
    status INTEGER,
    verdict TEXT,
    reasons TEXT NOT NULL DEFAULT '[]',
    committed INTEGER NOT NULL DEFAULT 0,
    accepted_at TEXT,
    measures TEXT,
    proof TEXT
);

-- The outbox of the change feed: all lines ever, and how far each file has them.
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    line TEXT NOT NULL CHECK (json_valid(line))
);
CREATE TABLE delivery (
    path TEXT PRIMARY KEY,
    seq INTEGER NOT NULL
) WITHOUT ROWID;

-- The vocabularies that the ids in the rows belong to.
CREATE TABLE unit (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    kind TEXT,
    parent TEXT,
    host_country TEXT,
    valid_from INTEGER,
    valid_to INTEGER
) WITHOUT ROWID;
CREATE TABLE field (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL
) WITHOUT ROWID;

CREATE VIEW items AS SELECT
    id,
    published,
    language,
    content_type,
    json_extract(row, '$.title') AS title,
    (SELECT group_concat(coalesce(json_extract(value, '$.name'),
        json_extract(value, '$.header_raw'), json_extract(value, '$.dateline_raw')), '; ')
        FROM json_each(row, '$.places')) AS places,
    (SELECT group_concat(json_extract(value, '$.code'), ' ')
        FROM json_each(row, '$.countries')) AS countries,
    (SELECT group_concat(coalesce(json_extract(value, '$.label'), json_extract(value, '$.raw')), '; ')
        FROM json_each(row, '$.sources')) AS sources,
    (SELECT group_concat(coalesce(json_extract(value, '$.label'), json_extract(value, '$.raw')), '; ')
        FROM json_each(row, '$.fields_of_work')) AS fields_of_work,
    json_extract(row, '$.summary') AS summary,
    json_extract(row, '$.body') AS body,
    json_extract(row, '$.url') AS url,
    node,
    json_extract(row, '$.work_id') AS work_id,
    complete,
    json_extract(row, '$.revision') AS revision,
    json_extract(row, '$.first_seen_at') AS first_seen_at,
    json_extract(row, '$.changed_at') AS changed_at,
    removed_at
FROM item;

CREATE VIEW item_units AS SELECT
    item.id AS item_id,
    json_extract(source.value, '$.id') AS unit_id,
    json_extract(source.value, '$.raw') AS raw
FROM item, json_each(item.row, '$.sources') AS source;

CREATE VIEW item_fields AS SELECT
    item.id AS item_id,
    json_extract(field.value, '$.id') AS field_id,
    json_extract(field.value, '$.raw') AS raw
FROM item, json_each(item.row, '$.fields_of_work') AS field;

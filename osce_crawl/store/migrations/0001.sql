-- The dataset as it was last published, and what a later run needs to know of it.

CREATE TABLE meta (
    -- Single values.

    -- `origin`: the site, or the folder of saved pages; `full_walk`: day of the last published
    -- walk of the whole listing; `sources`: those of the last published run that was not a
    -- sample; `reader`: version of the code that read the answers in `staged`
    name TEXT PRIMARY KEY,
    -- its value
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE item (
    -- The dataset: one row per item.

    -- the item's id
    id TEXT PRIMARY KEY,
    -- its node id
    node TEXT NOT NULL,
    -- the node as a number to sort by, -1 if it is a hash
    number INTEGER NOT NULL,
    -- BCP 47
    language TEXT NOT NULL,
    -- its date
    published TEXT,
    -- slug of its kind
    content_type TEXT,
    -- 0 if only the listing entry could be read
    complete INTEGER NOT NULL,
    -- since when it is known to be gone
    removed_at TEXT,
    -- the line of the feed
    row TEXT NOT NULL,
    -- CRC-32 of `row`: SQLite itself does not detect a changed text
    checksum INTEGER NOT NULL
);
-- The order of the feed: by date, the newest first, undated ones last.
CREATE INDEX item_order ON item (published DESC, number DESC, node, language);
CREATE INDEX item_node ON item (node);
CREATE INDEX item_incomplete ON item (id) WHERE NOT complete;

CREATE TABLE revision (
    -- What an item was before each change; its present version is in `item`. `scrapy export --at`
    -- combines both.

    -- the item
    item_id TEXT NOT NULL,
    -- 1 for its first version, 2, …
    number INTEGER NOT NULL,
    -- the change that ended this version
    change TEXT NOT NULL,
    -- the run that made the change
    run_id TEXT NOT NULL,
    -- when
    at TEXT NOT NULL,
    -- the line of the feed as it was
    row TEXT NOT NULL,
    -- CRC-32 of `row`
    checksum INTEGER NOT NULL,
    PRIMARY KEY (item_id, number)
) WITHOUT ROWID;

CREATE TABLE listing (
    -- The listing as last seen: an entry, the item or the refusal behind it, the validators of its
    -- page.

    -- node id of the entry
    node TEXT NOT NULL,
    -- language of the entry
    language TEXT NOT NULL,
    -- the date it shows
    published TEXT,
    -- everything it shows, as JSON
    entry TEXT NOT NULL CHECK (json_valid(entry)),
    -- the item behind it
    item_id TEXT,
    -- why there is none: its page is something else
    refusal TEXT,
    -- version of the code that refused it
    extractor TEXT,
    -- validator of its page, for conditional requests
    etag TEXT,
    -- the other validator
    last_modified TEXT,
    PRIMARY KEY (node, language)
) WITHOUT ROWID;
CREATE INDEX listing_item ON listing (item_id);

-- Spans of listing dates, both ends included, that an unfiltered walk has met in full.
CREATE TABLE coverage (
    first TEXT PRIMARY KEY,
    last TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE held (
    -- What a withheld run, or the run that is being published, has seen, so that another process
    -- can publish it.

    -- node id of the entry
    node TEXT NOT NULL,
    -- language of the entry
    language TEXT NOT NULL,
    -- its place in the walk
    position INTEGER NOT NULL,
    -- everything it shows, as JSON
    entry TEXT NOT NULL,
    -- the item that was known behind it
    item_id TEXT,
    -- 1 if it belongs to what was requested
    part INTEGER NOT NULL,
    -- 1 if a listing showed it
    listed INTEGER NOT NULL,
    -- 1 if its page could not be fetched
    failed INTEGER NOT NULL,
    PRIMARY KEY (node, language)
) WITHOUT ROWID;

CREATE TABLE staged (
    -- Answers that are not published yet.

    -- node id of the requested entry
    node TEXT NOT NULL,
    -- its language
    language TEXT NOT NULL,
    -- `item`, `unchanged`, `removed` or `refused`
    kind TEXT NOT NULL,
    -- the item that the answer is about
    item_id TEXT,
    -- of several answers for one item the highest counts: 2 its own page, 1 reached by a redirect,
    -- 0 a stub
    rank INTEGER NOT NULL,
    -- why it is not a release
    refusal TEXT,
    -- validator of the page
    etag TEXT,
    -- the other validator
    last_modified TEXT,
    -- addresses that lead to the answer permanently (301, 308), as a JSON list
    led_from TEXT,
    -- when it was received
    staged_at TEXT NOT NULL,
    -- the item as read
    row TEXT CHECK (row IS NULL OR json_valid(row)),
    -- how the fields were read: ways and disagreements, as JSON
    reading TEXT NOT NULL,
    -- its listing entry at that time, as JSON
    entry TEXT,
    PRIMARY KEY (node, language)
) WITHOUT ROWID;
CREATE INDEX staged_item ON staged (item_id);

CREATE TABLE run (
    -- All runs.

    -- sorts by time
    id TEXT PRIMARY KEY,
    -- process id
    pid INTEGER NOT NULL,
    -- when it began
    started_at TEXT NOT NULL,
    -- when it ended; null while it runs, and for ever if it was killed
    ended_at TEXT,
    -- as given with `-a`, as JSON
    arguments TEXT NOT NULL,
    -- exit status
    status INTEGER,
    -- `published`, `warnings`, `withheld` or `bug`
    verdict TEXT,
    -- the findings of the verdict, as JSON
    reasons TEXT NOT NULL DEFAULT '[]',
    -- 1 if it was published
    committed INTEGER NOT NULL DEFAULT 0,
    -- when an operator published it although it was withheld
    accepted_at TEXT,
    -- what later runs are compared with, as JSON
    measures TEXT,
    -- what `scrapy runs accept` needs, as JSON
    proof TEXT
);

CREATE TABLE change (
    -- The change feed: every line ever delivered.

    -- number of the line
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    -- the line
    line TEXT NOT NULL CHECK (json_valid(line))
);
CREATE TABLE delivery (
    -- How far each file of the change feed has been written.

    -- the file
    path TEXT PRIMARY KEY,
    -- the last line written to it
    seq INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE unit (
    -- The units of the OSCE, as the package knows them.

    -- the unit's id
    id TEXT PRIMARY KEY,
    -- its name
    label TEXT NOT NULL,
    -- `field-operation`, `institution`, …
    kind TEXT,
    -- the unit it is part of
    parent TEXT,
    -- ISO code, for field operations
    host_country TEXT,
    -- first year
    valid_from INTEGER,
    -- last year
    valid_to INTEGER
) WITHOUT ROWID;
CREATE TABLE field (
    -- The fields of work.

    -- the field's id
    id TEXT PRIMARY KEY,
    -- its name in today's menu
    label TEXT NOT NULL
) WITHOUT ROWID;

CREATE VIEW items AS SELECT
    -- One row per item, for people and for Datasette. Lists are joined into one text.

    -- the item's id
    id,
    -- its date
    published,
    -- BCP 47
    language,
    -- slug of its kind
    content_type,
    -- the headline
    json_extract(row, '$.title') AS title,
    -- places, joined by `; `
    (SELECT group_concat(coalesce(json_extract(value, '$.name'),
        json_extract(value, '$.header_raw'), json_extract(value, '$.dateline_raw')), '; ')
        FROM json_each(row, '$.places')) AS places,
    -- ISO codes, joined by spaces
    (SELECT group_concat(json_extract(value, '$.code'), ' ')
        FROM json_each(row, '$.countries')) AS countries,
    -- units, joined by `; `
    (SELECT group_concat(coalesce(json_extract(value, '$.label'), json_extract(value, '$.raw')), '; ')
        FROM json_each(row, '$.sources')) AS sources,
    -- fields of work, joined by `; `
    (SELECT group_concat(coalesce(json_extract(value, '$.label'), json_extract(value, '$.raw')), '; ')
        FROM json_each(row, '$.fields_of_work')) AS fields_of_work,
    -- the listing's teaser
    json_extract(row, '$.summary') AS summary,
    -- the text
    json_extract(row, '$.body') AS body,
    -- canonical address
    json_extract(row, '$.url') AS url,
    -- the site's node id
    node,
    -- shared by all languages of a release
    json_extract(row, '$.work_id') AS work_id,
    -- 0 if only the listing entry could be read
    complete,
    -- rises when what the page prints changes
    json_extract(row, '$.revision') AS revision,
    -- when the crawler first had it
    json_extract(row, '$.first_seen_at') AS first_seen_at,
    -- when any key last changed
    json_extract(row, '$.changed_at') AS changed_at,
    -- since when it is known to be gone
    removed_at
FROM item;

CREATE VIEW item_units AS SELECT
    -- One row per unit of an item.

    -- the item
    item.id AS item_id,
    -- the unit in `unit`; null if the vocabulary lacks it
    json_extract(source.value, '$.id') AS unit_id,
    -- the unit as printed
    json_extract(source.value, '$.raw') AS raw
FROM item, json_each(item.row, '$.sources') AS source;

CREATE VIEW item_fields AS SELECT
    -- One row per field of work of an item.

    -- the item
    item.id AS item_id,
    -- the field in `field`; null if the vocabulary lacks it
    json_extract(field.value, '$.id') AS field_id,
    -- the field as printed
    json_extract(field.value, '$.raw') AS raw
FROM item, json_each(item.row, '$.fields_of_work') AS field;

CREATE TABLE translation (
    -- Which addresses an item names as its translations; `work_id` follows from all rows together.

    -- the item
    item_id TEXT NOT NULL,
    -- node id in the address, or a hash of the address
    node TEXT NOT NULL,
    -- BCP 47, as the page says
    language TEXT NOT NULL,
    -- the address
    url TEXT NOT NULL,
    PRIMARY KEY (item_id, node, language, url)
) WITHOUT ROWID;
CREATE INDEX translation_node ON translation (node);
INSERT OR IGNORE INTO translation
SELECT
    item.id,
    node_of(json_extract(named.value, '$.url')),
    json_extract(named.value, '$.language'),
    json_extract(named.value, '$.url')
FROM item, json_each(item.row, '$.translations') AS named;

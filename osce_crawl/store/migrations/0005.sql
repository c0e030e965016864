-- Which addresses the items name as their translations, so that a run finds what belongs together
-- without reading rows: see `works.py`. `node` is the node of the address, or its hash.
CREATE TABLE translation (
    item_id TEXT NOT NULL,
    node TEXT NOT NULL,
    language TEXT NOT NULL,
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

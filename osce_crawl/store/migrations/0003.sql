-- Addresses that lead to an item for good: what was moved to another host, or to a slug, is still
-- known by where it was. See `aliases.py`.
CREATE TABLE alias (
    url TEXT PRIMARY KEY,
    item_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX alias_item ON alias (item_id);

-- `led_from` was one address; it is the list of those that lead to the answer for good.
UPDATE staged SET led_from = json_array(led_from) WHERE led_from IS NOT NULL;

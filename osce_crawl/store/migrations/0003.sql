CREATE TABLE alias (
    -- Addresses that lead to an item permanently (301, 308): where the item was before it moved.

    -- the address
    url TEXT PRIMARY KEY,
    -- the item that it leads to
    item_id TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX alias_item ON alias (item_id);

-- `led_from` was one address; it is the list of those that lead to the answer for good.
UPDATE staged SET led_from = json_array(led_from) WHERE led_from IS NOT NULL;

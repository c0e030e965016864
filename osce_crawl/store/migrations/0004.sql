-- What is known of listings is known by source, the kind and address of `OSCE_SOURCES`. So far it was
-- the newsroom's listing, or else what an operator had named: then the next run finds other sources.
CREATE TEMP TABLE usual AS
SELECT 'pager ' || substr(value, 1, instr(value || ',', ',') - 1) || '/press-releases' AS name
FROM meta WHERE meta.name = 'origin';

ALTER TABLE listing ADD COLUMN source /* the source that showed it last */ TEXT;
ALTER TABLE held ADD COLUMN source /* the source that showed it */ TEXT;
UPDATE listing SET source = (SELECT name FROM usual);
UPDATE held SET source = (SELECT name FROM usual) WHERE listed;

CREATE TABLE covered (
    -- Spans of listing dates, both ends included, that an unfiltered walk of a source has seen in
    -- full. A later walk of it may end early only inside such a span.

    -- kind and address of the source
    source TEXT NOT NULL,
    -- first day
    first TEXT NOT NULL,
    -- last day
    last TEXT NOT NULL,
    PRIMARY KEY (source, first)
) WITHOUT ROWID;
INSERT INTO covered SELECT name, first, last FROM coverage, usual;
DROP TABLE coverage;
ALTER TABLE covered RENAME TO coverage;

-- The sources of the last published run; and what runs have proven, by source.
INSERT INTO meta SELECT 'sources', json_array(name) FROM usual WHERE EXISTS (SELECT 1 FROM item);
UPDATE run SET measures = json_set(
    measures, '$.ended', json_object((SELECT name FROM usual), json_extract(measures, '$.listed')))
WHERE json_extract(measures, '$.whole');
UPDATE run SET proof = json_set(
    proof,
    '$.spans', json_object((SELECT name FROM usual), json_extract(proof, '$.spans')),
    '$.sources', json_array((SELECT name FROM usual)))
WHERE json_type(proof, '$.spans') = 'array';
UPDATE publication SET plan = json_set(
    plan,
    '$.proof.spans', json_object((SELECT name FROM usual), json_extract(plan, '$.proof.spans')),
    '$.proof.sources', json_array((SELECT name FROM usual)))
WHERE json_type(plan, '$.proof.spans') = 'array';
DROP TABLE usual;

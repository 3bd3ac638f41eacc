-- What a model that judges says of one answer.
CREATE TABLE opinion (
    answer INTEGER NOT NULL REFERENCES answer (id),
    judge TEXT NOT NULL,
    -- What it was asked: rubric, facts.
    task TEXT NOT NULL,
    -- More is better; none: what it said could not be used.
    score REAL,
    -- What it said, as whoever asked wrote it.
    said TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (answer, judge, task)
) STRICT, WITHOUT ROWID;

-- Models that are to judge, in the order they were asked to.
CREATE TABLE errand (
    id INTEGER PRIMARY KEY,
    experiment INTEGER NOT NULL REFERENCES experiment (id),
    judge TEXT NOT NULL,
    task TEXT NOT NULL,
    UNIQUE (experiment, judge, task)
) STRICT;

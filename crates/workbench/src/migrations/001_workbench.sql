CREATE TABLE prompt (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    -- In small letters: no two prompts differ in case alone.
    key TEXT NOT NULL UNIQUE,
    action TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE prompt_version (
    id INTEGER PRIMARY KEY,
    prompt INTEGER NOT NULL REFERENCES prompt (id),
    number INTEGER NOT NULL,
    -- The label of the version it was made of, which may have come with the program.
    parent TEXT,
    message TEXT NOT NULL,
    source TEXT NOT NULL,
    -- SHA-256 of the text, and of the text without its number.
    hash TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (prompt, number)
) STRICT;

CREATE TRIGGER prompt_version_stays BEFORE UPDATE ON prompt_version
BEGIN
    SELECT RAISE (ABORT, 'a version of a prompt never changes');
END;

CREATE TRIGGER prompt_version_remains BEFORE DELETE ON prompt_version
BEGIN
    SELECT RAISE (ABORT, 'a version of a prompt is never deleted');
END;

CREATE TABLE prompt_in_use (
    action TEXT NOT NULL,
    -- 0: in every project that has none of its own.
    project INTEGER NOT NULL DEFAULT 0,
    label TEXT NOT NULL,
    PRIMARY KEY (action, project)
) STRICT, WITHOUT ROWID;

CREATE TABLE test_set (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE test_passage (
    test_set INTEGER NOT NULL REFERENCES test_set (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    passage TEXT NOT NULL,
    PRIMARY KEY (test_set, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE experiment (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    -- What it compares, as whoever made it wrote it.
    plan TEXT NOT NULL,
    prompts INTEGER NOT NULL,
    models INTEGER NOT NULL,
    settings INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    repeats INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    -- Whether it is to be worked on.
    wanted INTEGER NOT NULL DEFAULT 0,
    archived INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    experiment INTEGER NOT NULL REFERENCES experiment (id),
    prompt INTEGER NOT NULL,
    model INTEGER NOT NULL,
    setting INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    repeat INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    text TEXT NOT NULL,
    -- Why there is none; empty: there is.
    problem TEXT NOT NULL,
    rendered TEXT NOT NULL,
    model_name TEXT NOT NULL,
    model_hash TEXT NOT NULL,
    -- What it cost and how it ended, as whoever made it wrote it.
    figures TEXT NOT NULL,
    stars INTEGER,
    note TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    UNIQUE (experiment, prompt, model, setting, passage, repeat)
) STRICT;

CREATE TABLE vote (
    id INTEGER PRIMARY KEY,
    experiment INTEGER NOT NULL REFERENCES experiment (id),
    left_answer INTEGER NOT NULL REFERENCES answer (id),
    right_answer INTEGER NOT NULL REFERENCES answer (id),
    -- Empty: the writer; else the model that judged.
    voter TEXT NOT NULL,
    -- left, right, tie; none: the judge's answer could not be used.
    choice TEXT,
    reason TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE INDEX vote_of ON vote (experiment, voter);

-- Schema 1. Once released this file is never edited; what comes after is a migration of its own.
--
-- Nothing here cascades from a parent onto an author's words: rows are archived, not deleted, and a stray
-- DELETE of a project or scene fails on its children instead of taking them along. Times are RFC 3339, UTC,
-- to the millisecond. Closed sets of words (cause, verdict) are checked in Rust: a CHECK could not be
-- widened later without copying the table.

-- "FOOL": tells our files from any other program's database.
PRAGMA application_id = 0x464F4F4C;

CREATE TABLE project (
    id          INTEGER PRIMARY KEY,
    title       TEXT NOT NULL,
    created_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL,
    archived_at TEXT
) STRICT;

CREATE TABLE scene (
    id          INTEGER PRIMARY KEY,
    project     INTEGER NOT NULL REFERENCES project (id),
    -- Order among the scenes of its project, smallest first.
    position    INTEGER NOT NULL,
    title       TEXT NOT NULL,
    -- ProseMirror JSON; empty for a scene that was never written in.
    document    TEXT NOT NULL,
    -- The same as plain text: for counting, prompts and search.
    text        TEXT NOT NULL,
    -- Counts saves.
    version     INTEGER NOT NULL,
    words       INTEGER NOT NULL,
    created_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL,
    archived_at TEXT
) STRICT;

CREATE INDEX scene_in_project ON scene (project, position);

-- Earlier states of scenes.
CREATE TABLE revision (
    id         INTEGER PRIMARY KEY,
    scene      INTEGER NOT NULL REFERENCES scene (id),
    -- The version of the scene that this was.
    version    INTEGER NOT NULL,
    document   TEXT NOT NULL,
    text       TEXT NOT NULL,
    words      INTEGER NOT NULL,
    -- Why it was kept: typing, removal, machine.
    cause      TEXT NOT NULL,
    -- When the scene was saved in this state.
    written_at TEXT NOT NULL,
    -- When it was put here, because the scene was about to change.
    created_at TEXT NOT NULL,
    UNIQUE (scene, version)
) STRICT;

-- What a model wrote, and all that is needed to say how. Never changed after it is recorded.
CREATE TABLE suggestion (
    id             INTEGER PRIMARY KEY,
    -- Chosen by the shell and unique only while it runs: the latest row of a name is the one meant.
    request        TEXT NOT NULL,
    candidate      INTEGER NOT NULL,
    scene          INTEGER REFERENCES scene (id),
    action         TEXT NOT NULL,
    model          TEXT NOT NULL,
    -- Hash or path of the model file.
    model_id       TEXT NOT NULL,
    prompt         TEXT NOT NULL,
    prompt_version TEXT NOT NULL,
    -- Sampling and the like, JSON.
    settings       TEXT NOT NULL,
    seed           INTEGER NOT NULL,
    text           TEXT NOT NULL,
    created_at     TEXT NOT NULL
) STRICT;

CREATE INDEX suggestion_by_request ON suggestion (request, candidate);
CREATE INDEX suggestion_in_scene ON suggestion (scene);

-- What became of a suggestion, in order. A list, because one can be taken, undone and taken again, or taken
-- piece by piece.
CREATE TABLE outcome (
    id         INTEGER PRIMARY KEY,
    suggestion INTEGER NOT NULL REFERENCES suggestion (id) ON DELETE CASCADE,
    -- accepted, rejected.
    verdict    TEXT NOT NULL,
    -- The words that went into the manuscript.
    text       TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

CREATE INDEX outcome_of_suggestion ON outcome (suggestion);

CREATE TABLE setting (
    key        TEXT PRIMARY KEY,
    -- JSON.
    value      TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

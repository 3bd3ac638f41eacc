-- Schema 4: what is said of a scene stands with it: notes on passages, each with the words it is about.
CREATE TABLE remark (
    id           INTEGER PRIMARY KEY,
    scene        INTEGER NOT NULL REFERENCES scene (id),
    -- What was asked: critique, check. Asked anew, it takes the place of what was said before.
    action       TEXT NOT NULL,
    -- The request, whose answer is among the suggestions.
    request      TEXT NOT NULL,
    -- The words, and where they stood, in UTF-16 code units of the scene's text.
    quote        TEXT NOT NULL,
    place        INTEGER NOT NULL,
    -- JSON; its form belongs to whoever asks.
    what         TEXT NOT NULL,
    created_at   TEXT NOT NULL,
    dismissed_at TEXT,
    replaced_at  TEXT
) STRICT;

CREATE INDEX remark_of_scene ON remark (scene, replaced_at, place);

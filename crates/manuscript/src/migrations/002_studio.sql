-- Schema 2: a project is a tree, and what an author keeps beside the words has its place. As in schema 1
-- nothing cascades onto an author's words, and closed sets of words are checked in Rust.

-- Parts and chapters. Chapters and scenes of one parent share one order.
CREATE TABLE chapter (
    id            INTEGER PRIMARY KEY,
    project       INTEGER NOT NULL REFERENCES project (id),
    -- The part it is in; parts are in none.
    parent        INTEGER REFERENCES chapter (id),
    -- part, chapter.
    kind          TEXT NOT NULL,
    position      INTEGER NOT NULL,
    title         TEXT NOT NULL,
    synopsis      TEXT NOT NULL,
    created_at    TEXT NOT NULL,
    updated_at    TEXT NOT NULL,
    archived_at   TEXT,
    -- The part it was put away with, and comes back with.
    archived_with INTEGER REFERENCES chapter (id)
) STRICT;

CREATE INDEX chapter_in_project ON chapter (project, parent, position);

-- The part or chapter a scene is in, if any.
ALTER TABLE scene ADD COLUMN chapter INTEGER REFERENCES chapter (id);
ALTER TABLE scene ADD COLUMN archived_with INTEGER REFERENCES chapter (id);
ALTER TABLE scene ADD COLUMN synopsis TEXT NOT NULL DEFAULT '';
ALTER TABLE scene ADD COLUMN notes TEXT NOT NULL DEFAULT '';
-- planned, draft, revised, done.
ALTER TABLE scene ADD COLUMN status TEXT NOT NULL DEFAULT 'draft';
-- Unicode characters of the text without line ends.
ALTER TABLE scene ADD COLUMN characters INTEGER NOT NULL DEFAULT 0;
-- The version that scene_words holds; nothing if it holds none. Search brings it up to date, so that saving
-- does not wait for it.
ALTER TABLE scene ADD COLUMN indexed INTEGER;

UPDATE scene SET characters = length(replace(text, char(10), ''));

-- The words of scenes, folded in Rust (case, accents, spaces between characters of scripts without them) so
-- that any script can be looked up by part of a phrase.
CREATE VIRTUAL TABLE scene_words USING fts5 (
    title, text, synopsis, notes,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);

-- The name of a snapshot; a state kept for another reason has none.
ALTER TABLE revision ADD COLUMN name TEXT;

ALTER TABLE project ADD COLUMN synopsis TEXT NOT NULL DEFAULT '';
-- What every request is to keep in mind.
ALTER TABLE project ADD COLUMN authors_note TEXT NOT NULL DEFAULT '';
-- BCP 47; empty if not said.
ALTER TABLE project ADD COLUMN language TEXT NOT NULL DEFAULT '';
-- auto, ltr, rtl.
ALTER TABLE project ADD COLUMN direction TEXT NOT NULL DEFAULT 'auto';
-- Words the author wants to have: in all, by a day (YYYY-MM-DD), each day, each session.
ALTER TABLE project ADD COLUMN goal_words INTEGER;
ALTER TABLE project ADD COLUMN goal_by TEXT;
ALTER TABLE project ADD COLUMN goal_day INTEGER;
ALTER TABLE project ADD COLUMN goal_session INTEGER;

-- Words and characters by which a project grew (or shrank) on a day of the author's calendar.
CREATE TABLE writing_day (
    project    INTEGER NOT NULL REFERENCES project (id),
    day        TEXT NOT NULL,
    words      INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    PRIMARY KEY (project, day)
) STRICT, WITHOUT ROWID;

-- The same for a stretch of writing without a long pause.
CREATE TABLE writing_session (
    id         INTEGER PRIMARY KEY,
    project    INTEGER NOT NULL REFERENCES project (id),
    started_at TEXT NOT NULL,
    last_at    TEXT NOT NULL,
    words      INTEGER NOT NULL,
    characters INTEGER NOT NULL
) STRICT;

CREATE INDEX writing_session_of_project ON writing_session (project, last_at);

-- People, places, things and facts of the story.
CREATE TABLE lore (
    id           INTEGER PRIMARY KEY,
    project      INTEGER NOT NULL REFERENCES project (id),
    -- person, place, thing, fact.
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    -- Other names, a JSON array.
    aliases      TEXT NOT NULL,
    -- When a model is told of it: named, always, never.
    told         TEXT NOT NULL,
    match_case   INTEGER NOT NULL,
    short        TEXT NOT NULL,
    long         TEXT NOT NULL,
    -- The first and the last chapter it holds for; nothing for the beginning and the end.
    from_chapter INTEGER REFERENCES chapter (id),
    to_chapter   INTEGER REFERENCES chapter (id),
    created_at   TEXT NOT NULL,
    updated_at   TEXT NOT NULL,
    archived_at  TEXT
) STRICT;

CREATE INDEX lore_of_project ON lore (project);

-- Passages that show how the story is to sound.
CREATE TABLE style_sample (
    id          INTEGER PRIMARY KEY,
    project     INTEGER NOT NULL REFERENCES project (id),
    title       TEXT NOT NULL,
    text        TEXT NOT NULL,
    in_use      INTEGER NOT NULL,
    created_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL,
    archived_at TEXT
) STRICT;

CREATE INDEX style_sample_of_project ON style_sample (project);

-- What happened in a scene, in short, for those that come after it.
CREATE TABLE summary (
    scene      INTEGER PRIMARY KEY REFERENCES scene (id),
    text       TEXT NOT NULL,
    -- The version of the scene that was summed up.
    version    INTEGER NOT NULL,
    -- The model's name; empty if the author wrote it.
    model      TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;

-- Words that are right in this project.
CREATE TABLE dictionary (
    project INTEGER NOT NULL REFERENCES project (id),
    word    TEXT NOT NULL,
    PRIMARY KEY (project, word)
) STRICT, WITHOUT ROWID;

-- Findings of consistency that the author means so.
CREATE TABLE intended (
    project    INTEGER NOT NULL REFERENCES project (id),
    -- What names the finding from one check to the next.
    finding    TEXT NOT NULL,
    reason     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (project, finding)
) STRICT, WITHOUT ROWID;

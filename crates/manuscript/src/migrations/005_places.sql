-- Schema 5: where the words of a suggestion were to go, so that they are found again there in a later session.
-- JSON, whose form belongs to whoever asks; null for what nobody is to find again: notes, words that came unasked, and
-- what was written before this schema.
ALTER TABLE suggestion ADD COLUMN place TEXT;

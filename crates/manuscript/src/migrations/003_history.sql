-- Schema 3: what a history shows of a scene's earlier states can be had without reading through their texts,
-- which lie before it in each row. A save asks for it too, to know when a state was kept last.
CREATE INDEX revision_shown ON revision (scene, created_at, version, words, cause, written_at, name);

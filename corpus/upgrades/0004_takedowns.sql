-- Articles that may not be kept.

CREATE TABLE takedowns (
    number   INTEGER PRIMARY KEY,
    url      TEXT NOT NULL,
    identity TEXT NOT NULL,
    day      TEXT NOT NULL,
    reason   TEXT,
    file     TEXT NOT NULL,
    offset   INTEGER NOT NULL,
    length   INTEGER NOT NULL
) STRICT;

CREATE INDEX takedowns_of_article ON takedowns (identity, number);

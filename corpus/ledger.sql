-- The ledger of the store: which URLs are known, and where each stored page lies in the archive.

CREATE TABLE IF NOT EXISTS pages (
    number INTEGER PRIMARY KEY,             -- grows from 1 in the order of storing
    url    TEXT NOT NULL,
    digest BLOB NOT NULL,                   -- of the body and of what is declared about it
    file   TEXT NOT NULL,                   -- in the archive
    offset INTEGER NOT NULL,                -- bytes
    length INTEGER NOT NULL                 -- bytes
) STRICT;

CREATE INDEX IF NOT EXISTS versions_of_url ON pages (url, number);

CREATE TABLE IF NOT EXISTS urls (
    id     INTEGER PRIMARY KEY,             -- in the order of discovery
    url    TEXT NOT NULL UNIQUE,
    site   TEXT NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('discovered', 'stored', 'failed')),
    reason TEXT                             -- why the last try failed
) STRICT;

CREATE INDEX IF NOT EXISTS waiting_of_site ON urls (site) WHERE state <> 'stored';

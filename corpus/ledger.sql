-- The ledger of the store, newest schema: which URLs are known, where each stored page lies in the archive,
-- what was taken down, what each crawl did. Older files are brought here by corpus/upgrades/NNNN_*.sql. Times are
-- seconds since 1970.

CREATE TABLE pages (
    number INTEGER PRIMARY KEY,             -- grows from 1 in the order of storing
    url    TEXT NOT NULL,
    digest BLOB NOT NULL,                   -- of the body and of what is declared about it
    file   TEXT NOT NULL,                   -- in the archive
    offset INTEGER NOT NULL,                -- bytes
    length INTEGER NOT NULL                 -- bytes
) STRICT;

CREATE INDEX versions_of_url ON pages (url, number);

CREATE TABLE urls (
    id            INTEGER PRIMARY KEY,      -- in the order of discovery
    url           TEXT NOT NULL UNIQUE,
    identity      TEXT NOT NULL,            -- what all URLs of one article have in common: corpus/addresses.py
    site          TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('discovered', 'stored', 'failed')),
    reason        TEXT,                     -- why the last try failed
    since         REAL,                     -- when it was stored or failed first
    looked        REAL,                     -- when it was asked for last
    due           REAL,                     -- when to look (again), NULL for never; of what was never asked for
                                            -- minus the time of discovery, so that the newest finds come first
    etag          TEXT,                     -- what the server said of the newest answer
    last_modified TEXT
) STRICT;

CREATE INDEX urls_of_article ON urls (identity);
CREATE INDEX urls_due ON urls (site, due, id) WHERE due IS NOT NULL;

CREATE TABLE takedowns (                    -- articles that may not be kept; of one identity the newest counts
    number   INTEGER PRIMARY KEY,           -- in one row with those of pages
    url      TEXT NOT NULL,                 -- that it was stored under
    identity TEXT NOT NULL,
    day      TEXT NOT NULL,                 -- ISO
    reason   TEXT,                          -- NULL: it may be fetched again
    file     TEXT NOT NULL,                 -- in the archive, as of a page
    offset   INTEGER NOT NULL,
    length   INTEGER NOT NULL
) STRICT;

CREATE INDEX takedowns_of_article ON takedowns (identity, number);

CREATE TABLE sources (                      -- feeds, sitemaps and listings that name nothing but articles
    url           TEXT PRIMARY KEY,
    named         INTEGER NOT NULL,         -- articles, when it was read last
    etag          TEXT,
    last_modified TEXT
) STRICT;

CREATE TABLE crawls (
    id         INTEGER PRIMARY KEY,
    site       TEXT NOT NULL,
    started    REAL NOT NULL,
    ended      REAL,                        -- NULL while it runs, and where it was killed
    because    TEXT,                        -- why it ended: finished, or what stopped it
    requests   INTEGER NOT NULL DEFAULT 0,  -- kept while it runs: a killed crawl has used its budget too
    named      INTEGER NOT NULL DEFAULT 0,  -- articles that feeds, sitemaps and listings named
    discovered INTEGER NOT NULL DEFAULT 0,  -- URLs of articles never seen before
    fetched    INTEGER NOT NULL DEFAULT 0,
    new        INTEGER NOT NULL DEFAULT 0,
    changed    INTEGER NOT NULL DEFAULT 0,  -- kept as a further version
    unchanged  INTEGER NOT NULL DEFAULT 0,
    failed     TEXT NOT NULL DEFAULT '{}',  -- JSON: how many by reason
    coverage   TEXT NOT NULL DEFAULT '{}',  -- JSON: how many of the articles sampled have each field
    breaches   TEXT NOT NULL DEFAULT '[]',  -- JSON: what is not as it should be
    run        TEXT                         -- the run that it was part of
) STRICT;

CREATE INDEX crawls_of_site ON crawls (site, started);

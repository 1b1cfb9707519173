-- URLs know their article and when to look again; sources and crawls are kept.

CREATE TABLE urls_2 (
    id            INTEGER PRIMARY KEY,
    url           TEXT NOT NULL UNIQUE,
    identity      TEXT NOT NULL,
    site          TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('discovered', 'stored', 'failed')),
    reason        TEXT,
    since         REAL,
    looked        REAL,
    due           REAL,
    etag          TEXT,
    last_modified TEXT
) STRICT;

-- When an article was stored is not known here: it counts as too old to be looked at again.
INSERT INTO urls_2 (id, url, identity, site, state, reason, since, due)
SELECT id, url, identity(url), site, state, reason,
    CASE WHEN state = 'failed' THEN unixepoch() END,
    CASE WHEN state <> 'stored' THEN 0 END
FROM urls;

DROP TABLE urls;
ALTER TABLE urls_2 RENAME TO urls;
CREATE INDEX urls_of_article ON urls (identity);
CREATE INDEX urls_due ON urls (site, due, id) WHERE due IS NOT NULL;

CREATE TABLE sources (
    url           TEXT PRIMARY KEY,
    named         INTEGER NOT NULL,
    etag          TEXT,
    last_modified TEXT
) STRICT;

CREATE TABLE crawls (
    id         INTEGER PRIMARY KEY,
    site       TEXT NOT NULL,
    started    REAL NOT NULL,
    ended      REAL,
    because    TEXT,
    requests   INTEGER NOT NULL DEFAULT 0,
    named      INTEGER NOT NULL DEFAULT 0,
    discovered INTEGER NOT NULL DEFAULT 0,
    fetched    INTEGER NOT NULL DEFAULT 0,
    new        INTEGER NOT NULL DEFAULT 0,
    changed    INTEGER NOT NULL DEFAULT 0,
    unchanged  INTEGER NOT NULL DEFAULT 0,
    failed     TEXT NOT NULL DEFAULT '{}',
    coverage   TEXT NOT NULL DEFAULT '{}',
    breaches   TEXT NOT NULL DEFAULT '[]'
) STRICT;

CREATE INDEX crawls_of_site ON crawls (site, started);

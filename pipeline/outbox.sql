-- What alerts have found and sent (pipeline/outbox.py). Times are seconds since 1970.

CREATE TABLE IF NOT EXISTS watched (
    alert   TEXT PRIMARY KEY,
    watches TEXT NOT NULL                   -- the search as it was then, or health
) STRICT;

CREATE TABLE IF NOT EXISTS found (          -- hits that an alert knows, or breaches that it has told of
    alert TEXT NOT NULL,
    item  TEXT NOT NULL,
    PRIMARY KEY (alert, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS deliveries (     -- a message by one way
    number  INTEGER PRIMARY KEY,            -- in the order of making
    message TEXT NOT NULL,                  -- its id, which stays the same however often it is sent
    alert   TEXT NOT NULL,
    way     TEXT NOT NULL,                  -- webhook or email
    body    TEXT NOT NULL,                  -- JSON
    made    REAL NOT NULL,
    sent    REAL,                           -- when the other side accepted it
    tries   INTEGER NOT NULL DEFAULT 0,
    tried   REAL,                           -- when it was tried last
    error   TEXT                            -- why that failed
) STRICT;

CREATE INDEX IF NOT EXISTS deliveries_unsent ON deliveries (alert, way, number) WHERE sent IS NULL;

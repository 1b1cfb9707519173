-- The crawls that brought pages home, as the archive's ledger tells them (corpus/crawls.py).
create table stored.runs (
    site varchar not null,
    started timestamp not null,
    ended timestamp,
    because varchar,
    requests bigint not null,
    discovered bigint not null,
    fetched bigint not null,
    new bigint not null,
    changed bigint not null,
    unchanged bigint not null,
    failed bigint not null,
    breaches varchar[] not null
);

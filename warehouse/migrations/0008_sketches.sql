-- MinHash sketches of texts (corpus/duplicates.py): whoever has a band in common is compared by these first.
create table stored.sketches (
    fingerprint ubigint not null,
    sketch blob not null
);

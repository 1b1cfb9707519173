-- Which articles are copies of each other (corpus/duplicates.py), kept by the fingerprints of their texts:
-- a text that stands on a thousand pages is compared once.

alter table stored.articles add column official boolean;  -- whether the site is a public body's; null: not known
alter table stored.state add column copies varchar;  -- the scheme of what follows; null before the first

create table stored.fingerprints (
    page bigint not null,
    fingerprint ubigint not null
);

-- Texts with a band in common are worth comparing.
create table stored.bands (
    fingerprint ubigint not null,
    band ubigint not null
);

-- Texts that were compared and are copies, each pair once.
create table stored.alike (
    one ubigint not null,
    other ubigint not null
);

-- What readers see: the articles that are copies of another.
create table stored.copies (
    article_id varchar not null,
    canonical_id varchar not null
);

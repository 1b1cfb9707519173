-- What is ranked and measured under one name (warehouse/names.py): the word lists, and what stands for what in them.
create table stored.indexes (id varchar not null, name varchar not null, english varchar, publisher varchar);
create table stored.editions (index_id varchar not null, year integer not null, released date not null);
create table stored.subjects (
    id varchar not null,
    name varchar not null,
    kind varchar not null,
    key varchar not null,  -- what its names are kept under; several subjects may follow each other under one
    valid_from date,
    valid_to date,
    successor varchar
);
create table stored.measures (id varchar not null, name varchar not null);

-- Every text that names an index, a subject, a scope or a measure, with what it names; null: nothing known.
create table stored.names (kind varchar not null, written varchar not null, id varchar);

alter table stored.state add column names varchar;  -- checksum of word lists and rules; null before the first time

-- What is stored. Nothing here is promised to anybody: readers see the views only (warehouse/views).
-- Everything hangs on the archive's page number, so that a page is replaced by deleting its rows.
-- There are no keys and no indexes: they would slow the load, and the loader keeps pages apart.

create table stored.state (
    warehouse uuid not null,   -- which warehouse this is; a new one after a new start from the archive
    archive varchar,           -- which archive the page numbers count in; null before the first page
    revision bigint not null,  -- grows with every change that a reader could see
    views varchar not null     -- checksum of the views as they were made last
);
insert into stored.state values (uuid(), null, 0, '');

create table stored.articles (
    page bigint not null,
    article_id varchar not null,
    version varchar not null,
    url varchar,
    source varchar,
    title varchar,
    published date,
    fetched timestamp not null,
    text varchar not null using compression zstd,
    extractor_version varchar not null
);

create table stored.unreadable (
    page bigint not null,
    url varchar,
    reason varchar not null,
    extractor_version varchar not null
);

create table stored.decisions (
    page bigint not null,
    fact_id varchar not null,
    surface varchar not null,
    span_start integer not null,
    span_end integer not null,
    sentence varchar not null using compression zstd,
    rule varchar not null,
    confidence double not null,
    noise boolean not null,
    doc_type varchar,
    number varchar,
    issued_on varchar,
    issuer varchar,
    title varchar,
    action varchar,
    refers_to integer
);

create table stored.dates (
    page bigint not null,
    fact_id varchar not null,
    surface varchar not null,
    span_start integer not null,
    span_end integer not null,
    sentence varchar not null using compression zstd,
    rule varchar not null,
    confidence double not null,
    noise boolean not null,
    start_date date,
    end_date date,
    modifier varchar,
    grain varchar,
    value varchar,
    evidence varchar
);

create table stored.percentages (
    page bigint not null,
    fact_id varchar not null,
    surface varchar not null,
    span_start integer not null,
    span_end integer not null,
    sentence varchar not null using compression zstd,
    rule varchar not null,
    confidence double not null,
    noise boolean not null,
    low double,
    high double,
    unit varchar,
    comparator varchar,
    change varchar,
    status varchar,
    subject varchar,
    period varchar,
    malformed boolean
);

create table stored.rankings (
    page bigint not null,
    fact_id varchar not null,
    surface varchar not null,
    span_start integer not null,
    span_end integer not null,
    sentence varchar not null using compression zstd,
    rule varchar not null,
    confidence double not null,
    noise boolean not null,
    rank integer,
    out_of integer,
    top_n integer,
    previous_rank integer,
    change integer,
    change_since integer,
    year integer,
    subject varchar,
    index varchar,
    scope varchar,
    status varchar
);

create table stored.quantities (
    page bigint not null,
    fact_id varchar not null,
    surface varchar not null,
    span_start integer not null,
    span_end integer not null,
    sentence varchar not null using compression zstd,
    rule varchar not null,
    confidence double not null,
    noise boolean not null,
    low double,
    high double,
    out_of double,
    unit varchar,
    comparator varchar,
    malformed boolean
);

create table stored.entities (
    page bigint not null,
    fact_id varchar not null,
    surface varchar not null,
    span_start integer not null,
    span_end integer not null,
    sentence varchar not null using compression zstd,
    rule varchar not null,
    confidence double not null,
    noise boolean not null,
    label varchar
);

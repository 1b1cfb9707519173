-- Which document each mention names (warehouse/documents.py); mentions that stay open have no row.
create table stored.resolved (
    fact_id varchar not null,
    document_id varchar not null,
    confidence double not null,
    evidence varchar not null
);
alter table stored.state add column resolved varchar;  -- what they were resolved from; null before the first time

-- The state's revision when the rows of a page came or changed last: a generation is made from the one before
-- with the pages that are newer than it.
alter table stored.articles add column revision bigint default 0;
alter table stored.unreadable add column revision bigint default 0;

-- Of a generation: pages that were written into its file since that was last written anew.
alter table stored.state add column continued bigint default 0;

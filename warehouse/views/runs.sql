create view runs as
select site, started, ended, because, because = 'finished' as finished, requests, discovered, fetched, new,
    changed, unchanged, failed, breaches, run
from stored.runs;

comment on view runs is 'Crawls of declared sites that came to an end: what each did, and whether that is as it should be.';
comment on column runs.site is 'Name of the site, as it is declared.';
comment on column runs.started is 'When it began, UTC.';
comment on column runs.ended is 'When it ended, UTC.';
comment on column runs.because is 'Why it ended: finished, or what stopped it.';
comment on column runs.finished is 'True where it came to its end by itself.';
comment on column runs.requests is 'Requests that it made.';
comment on column runs.discovered is 'Article addresses that were never seen before.';
comment on column runs.fetched is 'Article pages that it got.';
comment on column runs.new is 'Pages of articles that were not here.';
comment on column runs.changed is 'Pages stored as a further version of an article.';
comment on column runs.unchanged is 'Pages that were here already.';
comment on column runs.failed is 'Addresses that could not be had.';
comment on column runs.breaches is 'What was not as the site declares it, or as in its last crawls; empty where all was.';
comment on column runs.run is 'Id of the run that it was part of, as in the logs; empty for crawls before there were ids.';

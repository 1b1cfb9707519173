create view sources as
select source, bool_or(official) as official, count(distinct article_id) as articles,
    count(distinct article_id) filter (copies.canonical_id is not null) as copies,
    min(published) as first_published, max(published) as last_published, max(fetched) as last_fetched
from stored.articles left join stored.copies using (article_id)
group by source;

comment on view sources is 'Publishers, with what there is of them.';
comment on column sources.source is 'Publisher, as the site or the import declares it; NULL for articles that say none.';
comment on column sources.official is 'True where the site is declared to be a public body''s, NULL where nobody knows.';
comment on column sources.articles is 'How many articles of it are here.';
comment on column sources.copies is 'How many of them are copies of articles that are here too, see articles.is_copy.';
comment on column sources.first_published is 'Day of its earliest article.';
comment on column sources.last_published is 'Day of its latest article.';
comment on column sources.last_fetched is 'When its last page was fetched, UTC.';

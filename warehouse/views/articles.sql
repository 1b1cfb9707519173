-- The page that an article's facts are shown from: the newest of its pages that could be read.
create view stored.current_articles as
select page, article_id, version, url, source, published, extractor_version,
    coalesce(canonical_id, article_id) as canonical_id, canonical_id is not null as is_copy
from stored.articles left join stored.copies using (article_id)
where page in (select max(page) from stored.articles group by article_id);

create view articles as
select article_id, version, is_current, title, published, url, source, text, fetched, extractor_version,
    coalesce(canonical_id, article_id) as canonical_id, canonical_id is not null as is_copy
from stored.articles
left join stored.copies using (article_id)
join (
    select max(page) as page, max(page) = max(max(page)) over (partition by article_id) as is_current
    from stored.articles
    group by article_id, version
) using (page);

comment on view articles is 'Every version of every article: one row for each wording of title, publish date and text that was fetched.';
comment on column articles.article_id is 'The article over all its versions: 16 hex digits of its URL (of its text where it has none).';
comment on column articles.version is 'This wording of the article: 16 hex digits of title, publish date and text.';
comment on column articles.is_current is 'True for the version fetched last; the facts of all other views are those of current versions.';
comment on column articles.title is 'Headline, NULL if the page has none.';
comment on column articles.published is 'Day of publication as the page declares it (Viet Nam time), NULL if unknown.';
comment on column articles.url is 'Address that the page was fetched from, or the file that it was imported from.';
comment on column articles.source is 'Publisher, as the site or the import declares it.';
comment on column articles.text is 'Cleaned text, paragraphs parted by line ends; all spans count its Unicode code points from 0.';
comment on column articles.fetched is 'When this version was fetched last, UTC.';
comment on column articles.extractor_version is 'Version of the rules that read this article.';
comment on column articles.canonical_id is 'The article that this one is a copy of (published first; of one day, what a public body''s site has, then what was fetched first), itself where it is none: count(distinct canonical_id) counts the same story once.';
comment on column articles.is_copy is 'True where the current version is the text of another article again, retitled, trimmed, spun or lightly edited; leave out with: where not is_copy.';

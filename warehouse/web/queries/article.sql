-- One wording of an article: the one asked for, else the one that was fetched last.
with own as (
    select *, page = max(page) over () as is_current, min(version) over () < max(version) over () as changed
    from stored.articles
    where article_id = $article
)
select article_id, version, is_current, title, published, url, source, text, fetched, page, changed,
    coalesce(canonical_id, article_id) as canonical_id, canonical_id is not null as is_copy
from own left join (from stored.copies where article_id = $article) using (article_id)
where if($version::varchar is null, is_current, version = $version)
order by page desc
limit 1

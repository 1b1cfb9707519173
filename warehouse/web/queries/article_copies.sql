with others as materialized (
    select article_id from stored.copies where canonical_id = $canonical and article_id <> $article
    union all
    select $canonical where $canonical <> $article
),
pages as materialized (
    select page, article_id, source, published, url, is_copy from stored.current_articles
    where article_id in (from others)
)
select pages.* exclude (page), title
from pages join (select page, title from stored.articles where page in (select page from pages)) using (page)
order by is_copy, published nulls last, article_id
limit 50

with latest as materialized (
    from stored.current_articles
    where not is_copy
    order by published desc nulls last, article_id
    limit 6
)
select article_id, title, latest.source, latest.published
from latest join (select page, title from stored.articles where page in (select page from latest)) using (page)
order by published desc nulls last, article_id

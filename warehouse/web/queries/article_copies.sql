select article_id, title, source, published, url, article_id <> $canonical as is_copy
from stored.articles
where page in (select unnest($pages::bigint[]))
order by is_copy, published nulls last, article_id
limit 50

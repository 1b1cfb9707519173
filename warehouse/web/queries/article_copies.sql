select article_id, title, source, published, url, is_copy
from articles
where is_current and canonical_id = $canonical and article_id <> $article
order by is_copy, published nulls last, article_id
limit 50

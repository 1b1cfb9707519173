select article_id, title, source, published
from articles
where is_current and not is_copy
order by published desc nulls last, article_id
limit 6

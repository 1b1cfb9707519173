select version, title, published, fetched, is_current
from articles
where article_id = $article
order by fetched desc

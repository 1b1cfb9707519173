select version, arg_max(title, page) as title, max(fetched) as fetched
from stored.articles
where article_id = $article
group by version
order by max(page) desc

-- The page that a wording was fetched as, and which archive its number counts in.
select max(page) as page, any_value(archive) as archive, any_value(url) as url, max(fetched) as fetched
from stored.articles cross join stored.state
where article_id = $article and version = $version
having count(*) > 0

select *
from articles
where article_id = $article and if($version::varchar is null, is_current, version = $version)

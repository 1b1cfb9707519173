select article_id, min(fetched) as found
from stored.articles
where article_id in (select unnest($articles::varchar[]))
group by article_id

select fetched::date as day, sum(count(*)) over (order by fetched::date)::bigint as articles
from (select min(fetched) as fetched from stored.articles group by article_id)
group by fetched::date
order by day

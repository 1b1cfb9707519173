select year(published) as year, count(*) as mentions, count(distinct canonical_id) as articles
from stored.document_mentions
where document_id = $document and published is not null and not noise and not is_copy
group by year
order by year

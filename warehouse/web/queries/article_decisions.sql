-- Sentences are left out: to read one, two thousand are unpacked.
with own as materialized (
    select * exclude (sentence) from stored.decisions where rowid between $first and $last and page = $page and not noise
)
select own.*, 'decision' as kind, document_id
from own left join (from stored.resolved where fact_id in (select fact_id from own)) using (fact_id)
order by span_start, span_end desc

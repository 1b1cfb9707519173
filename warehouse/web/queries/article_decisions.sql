-- Without sentences: to read one, two thousand are unpacked.
with own as materialized (
    select 'decision' as kind, fact_id, surface, span_start, span_end, said_by, doc_type, number, issued_on, issuer, action
    from stored.decisions
    where rowid between $first and $last and page = $page and not noise
)
select own.*, document_id
from own left join (from stored.resolved where fact_id in (select fact_id from own)) using (fact_id)

with named as materialized (
    select fact_id, article_id, version, canonical_id, published, source, surface, span_start, sentence, action,
        document_confidence, document_evidence
    from decision_mentions
    where document_id = $document and not noise and not is_copy
    order by published nulls last, canonical_id, span_start
    limit $most offset $skip
),
titles as (
    select distinct on (article_id, version) article_id, version, title
    from articles
    where article_id in (select article_id from named)
)
select named.*, title
from named left join titles using (article_id, version)
order by published nulls last, canonical_id, span_start

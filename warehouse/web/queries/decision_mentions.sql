with named as materialized (
    select page, fact_id, article_id, published, source, surface, span_start, action, sentence, document_confidence
    from stored.document_mentions
    where document_id = $document and not noise and not is_copy
    order by published nulls last, canonical_id, span_start
    limit $most offset $skip
),
titles as (select page, title from stored.articles where page in (select page from named))
select named.* exclude (page), title
from named join titles using (page)
order by published nulls last, article_id, span_start

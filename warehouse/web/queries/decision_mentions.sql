with named as materialized (
    select page, fact_id, article_id, published, source, surface, span_start, action, document_confidence
    from stored.document_mentions
    where document_id = $document and not noise and not is_copy
    order by published nulls last, canonical_id, span_start
    limit $most offset $skip
),
pages as materialized (select distinct page from named),
sentences as (select page, fact_id, sentence from stored.decisions where page in (from pages)),
titles as (select page, title from stored.articles where page in (from pages))
select named.* exclude (page), sentence, title
from named join sentences using (page, fact_id) join titles using (page)
order by published nulls last, article_id, span_start

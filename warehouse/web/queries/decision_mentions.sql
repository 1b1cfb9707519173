select fact_id, article_id, article_title as title, published, source, surface, action, sentence,
    document_confidence
from stored.document_mentions
where document_id = $document and not noise and not is_copy
order by published nulls last, canonical_id, span_start
limit $most offset $skip

select doc_type, number, issuer, issued_on, title, canonical_id, fact_id, year(published) as year,
    noise or is_copy as aside
from stored.document_mentions
where document_id = $document

select document_id, doc_type, number, issuer, issued_on, title, articles, last_published
from decisions
where number is not null
order by last_published desc nulls last, articles desc, document_id
limit 6

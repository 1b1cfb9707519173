select distinct on (lower(subject), low, high, rank, top_n, period, year) *
from stored.document_targets
where document_id = $document
order by same_sentence desc, published, fact_id
limit 60

-- Without sentences: to read one, two thousand are unpacked.
select 'quantity' as kind, fact_id, surface, span_start, span_end, said_by, low, high, out_of, unit, comparator
from stored.quantities
where rowid between $first and $last and page = $page and not noise

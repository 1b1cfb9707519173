-- Without sentences: to read one, two thousand are unpacked.
select 'percentage' as kind, fact_id, surface, span_start, span_end, said_by, low, high, unit, comparator, change, status, subject, period, actor
from stored.percentages
where rowid between $first and $last and page = $page and not noise

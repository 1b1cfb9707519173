-- Without sentences: to read one, two thousand are unpacked.
select 'date' as kind, fact_id, surface, span_start, span_end, said_by, start_date, end_date, modifier, grain, value
from stored.dates
where rowid between $first and $last and page = $page and not noise

-- Without sentences: to read one, two thousand are unpacked.
select 'ranking' as kind, fact_id, surface, span_start, span_end, said_by, rank, out_of, top_n, change, year, subject, "index", status
from stored.rankings
where rowid between $first and $last and page = $page and not noise

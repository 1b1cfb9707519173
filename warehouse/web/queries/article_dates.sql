select *, 'date' as kind from stored.dates where page = $page and not noise order by span_start, span_end desc

select *, 'quantity' as kind from stored.quantities where page = $page and not noise order by span_start, span_end desc

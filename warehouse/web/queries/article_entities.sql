select *, 'entity' as kind from stored.entities where page = $page and not noise order by span_start, span_end desc

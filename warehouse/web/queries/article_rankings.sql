select *, 'ranking' as kind from stored.rankings where page = $page and not noise order by span_start, span_end desc

-- Sentences are left out: to read one, two thousand are unpacked.
select * exclude (sentence), 'ranking' as kind from stored.rankings
where rowid between $first and $last and page = $page and not noise
order by span_start, span_end desc

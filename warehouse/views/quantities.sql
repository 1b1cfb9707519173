create view quantities as
select fact_id, article_id, version, url, source, published, 'quantity' as kind, surface, span_start, span_end,
    sentence, rule, extractor_version, confidence, noise,
    low, high, out_of, unit, comparator, malformed,
    canonical_id, is_copy, said_by
from stored.quantities join stored.current_articles using (page);

comment on view quantities is 'Counts, sums of money, measures and multiples in figures.';
comment on column quantities.low is 'Lower end as a plain number (8 nghìn tỷ đồng is 8000000000000); equal to high for a single value.';
comment on column quantities.high is 'Upper end as a plain number.';
comment on column quantities.out_of is 'The whole of which low are counted (63 in 62/63 tỉnh), else NULL.';
comment on column quantities.unit is 'VND, USD, times, or the counted noun as written.';
comment on column quantities.comparator is 'eq, min (at least), max (at most), gt (more than), lt (less than) or about.';
comment on column quantities.malformed is 'Whether the grouping of its figures was broken (4.354459), so that it had to be read as what the writer meant.';

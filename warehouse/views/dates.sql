create view dates as
select fact_id, article_id, version, url, source, published, 'date' as kind, surface, span_start, span_end,
    sentence, rule, extractor_version, confidence, noise,
    start_date, end_date, modifier, grain, value, evidence,
    canonical_id, is_copy, said_by
from stored.dates join stored.current_articles using (page);

comment on view dates is 'Expressions with a place on the calendar: days, months, quarters, years, periods.';
comment on column dates.start_date is 'First day of the interval that is meant.';
comment on column dates.end_date is 'Last day of the interval that is meant, inclusive.';
comment on column dates.modifier is 'by, before, after, since or about, from the words in front; it does not change the interval.';
comment on column dates.grain is 'The unit of the calendar that the interval is one of: day, weekend, week, month, quarter, season, half, year, decade or century; period where it is none.';
comment on column dates.value is 'The interval as a TIMEX3 value: 2021-06-15, 2021-W23, 2021-06, 2021-Q1, 2021-H1, 2021, 198 (the 1980s), 2021-06-15/2021-06-20.';
comment on column dates.evidence is 'What places it: text (the expression itself), "article: ..." (another expression of the article), "title: 2020", "published: 2021-06-20".';

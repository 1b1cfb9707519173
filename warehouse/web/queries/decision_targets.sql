-- Targets that follow the document: no other one is named between, and they stand near.
with pages as materialized (
    select distinct page from stored.document_mentions
    where document_id = $document and not noise and not is_copy
),
named as (
    select page, document_id, span_start, sentence
    from stored.decisions join stored.resolved using (fact_id)
    where page in (from pages)
),
aims as (
    select page, 'percentage' as kind, fact_id, span_start, sentence, surface, subject, period,
        low, high, unit, comparator, null as rank, null as top_n, null as year
    from stored.percentages
    where page in (from pages) and status = 'target' and not noise
    union all
    select page, 'ranking', fact_id, span_start, sentence, surface, coalesce("index", subject), null,
        null, null, null, null, rank, top_n, year
    from stored.rankings
    where page in (from pages) and status = 'target' and not noise
),
attached as (
    select aims.*, named.document_id, named.sentence = aims.sentence as same_sentence,
        aims.span_start - named.span_start as distance
    from aims asof join named on aims.page = named.page and aims.span_start >= named.span_start
)
select distinct on (lower(subject), low, high, rank, top_n, period, year) attached.*, source, published
from attached join stored.current_articles using (page)
where document_id = $document and (same_sentence or distance < 800)
order by same_sentence desc, published, page, span_start
limit 60

-- Targets that follow the document: no other one is named between, and they stand near.
with naming as materialized (
    select distinct article_id from decision_mentions
    where document_id = $document and not noise and not is_copy
),
named as (
    select article_id, document_id, span_start, sentence
    from decision_mentions
    where article_id in (from naming) and document_id is not null
),
aims as (
    select 'percentage' as kind, article_id, fact_id, span_start, sentence, surface, source, published, subject, period,
        low, high, unit, comparator, null as rank, null as top_n, null as year
    from percentages
    where article_id in (from naming) and status = 'target' and not noise
    union all
    select 'ranking', article_id, fact_id, span_start, sentence, surface, source, published,
        coalesce("index", subject), null, null, null, null, null, rank, top_n, year
    from rankings
    where article_id in (from naming) and status = 'target' and not noise
),
attached as (
    select aims.*, named.document_id, named.sentence = aims.sentence as same_sentence,
        aims.span_start - named.span_start as distance
    from aims asof join named
        on aims.article_id = named.article_id and aims.span_start >= named.span_start
)
select distinct on (lower(subject), low, high, rank, top_n, period, year) *
from attached
where document_id = $document and (same_sentence or distance < 800)
order by same_sentence desc, published, article_id, span_start
limit 60

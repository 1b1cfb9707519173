-- Targets that follow the document: no other one is named between, and they stand near.
with own as materialized (
    select page, span_start, sentence from stored.document_mentions
    where document_id = $document and not noise and not is_copy
),
pages as materialized (select distinct page from own),
named as (select page, document_id, span_start from stored.document_mentions where page in (from pages)),
aims as (
    select page, 'percentage' as kind, fact_id, span_start, surface, subject, period,
        low, high, unit, comparator, null as rank, null as top_n, null as year
    from stored.percentages
    where page in (from pages) and status = 'target' and not noise
    union all
    select page, 'ranking', fact_id, span_start, surface, coalesce("index", subject), null,
        null, null, null, null, rank, top_n, year
    from stored.rankings
    where page in (from pages) and status = 'target' and not noise
),
attached as materialized (
    select distinct on (lower(subject), low, high, rank, top_n, period, year)
        aims.*, named.document_id, named.span_start as named_at
    from aims asof join named on aims.page = named.page and aims.span_start >= named.span_start
    where aims.span_start - named.span_start < 800 and document_id = $document
    order by aims.span_start - named.span_start, aims.fact_id
    limit 60
),
sentences as (
    select fact_id, sentence from stored.percentages where fact_id in (select fact_id from attached)
    union all
    select fact_id, sentence from stored.rankings where fact_id in (select fact_id from attached)
)
select attached.*, sentences.sentence, source, published
from attached
join sentences using (fact_id)
join own on own.page = attached.page and own.span_start = named_at
join stored.current_articles on current_articles.page = attached.page
order by own.sentence = sentences.sentence desc, published, attached.page, attached.span_start

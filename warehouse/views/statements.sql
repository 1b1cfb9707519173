create view statements as
with speakers as (
    select page, coalesce(name, surface) as said_by, any_value(entity_id) as speaker_id, any_value(label) as label,
        any_value(role) as role, any_value(body) as body
    from stored.entities
    where label in ('PER', 'ORG')
    group by page, coalesce(name, surface)
), told as (
    select 'decision' as kind, page, fact_id, surface, span_start, span_end, sentence, noise, said_by from stored.decisions
    union all select 'date', page, fact_id, surface, span_start, span_end, sentence, noise, said_by from stored.dates
    union all select 'percentage', page, fact_id, surface, span_start, span_end, sentence, noise, said_by from stored.percentages
    union all select 'ranking', page, fact_id, surface, span_start, span_end, sentence, noise, said_by from stored.rankings
    union all select 'quantity', page, fact_id, surface, span_start, span_end, sentence, noise, said_by from stored.quantities
)
select fact_id, article_id, version, url, source, published, kind, surface, span_start, span_end, sentence,
    noise, canonical_id, is_copy,
    said_by, speaker_id, label, role, body
from told join speakers using (page, said_by) join stored.current_articles using (page);

comment on view statements is 'What persons and bodies say or order: the facts of their sentences, with the speaker.';
comment on column statements.said_by is 'Who says it, by the name in full.';
comment on column statements.speaker_id is 'See entities.entity_id.';
comment on column statements.label is 'PER (person) or ORG (body).';
comment on column statements.role is 'Of a person: the title that the article gives.';
comment on column statements.body is 'Of a person: the body or place that the title is held in.';

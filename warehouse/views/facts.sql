create view facts as
with found as (
    select 'decision' as kind, page, fact_id, surface, span_start, span_end, sentence, rule, confidence, noise, said_by
    from stored.decisions
    union all
    select 'date', page, fact_id, surface, span_start, span_end, sentence, rule, confidence, noise, said_by from stored.dates
    union all
    select 'percentage', page, fact_id, surface, span_start, span_end, sentence, rule, confidence, noise, said_by
    from stored.percentages
    union all
    select 'ranking', page, fact_id, surface, span_start, span_end, sentence, rule, confidence, noise, said_by
    from stored.rankings
    union all
    select 'quantity', page, fact_id, surface, span_start, span_end, sentence, rule, confidence, noise, said_by
    from stored.quantities
    union all
    select 'entity', page, fact_id, surface, span_start, span_end, sentence, rule, confidence, noise, said_by
    from stored.entities
)
select fact_id, article_id, version, url, source, published, kind, surface, span_start, span_end, sentence,
    rule, extractor_version, confidence, noise, canonical_id, is_copy, said_by
from found join stored.current_articles using (page);

-- The columns that the views of one kind share with this one take their comments from here.
comment on view facts is 'Facts of all kinds with what they have in common; the views of one kind add what the fact says.';
comment on column facts.fact_id is 'The fact: 16 hex digits of article, version, kind and span; the same after every build.';
comment on column facts.article_id is 'The article that states it, see articles.article_id.';
comment on column facts.version is 'The wording of the article that the span counts in, see articles.version.';
comment on column facts.url is 'Address of the article.';
comment on column facts.source is 'Publisher of the article.';
comment on column facts.published is 'Day on which the article was published, NULL if unknown.';
comment on column facts.kind is 'decision, date, percentage, ranking, quantity or entity.';
comment on column facts.surface is 'The words of the article that state it: substr(text, span_start + 1, span_end - span_start).';
comment on column facts.span_start is 'Where the surface starts in articles.text: code points before it.';
comment on column facts.span_end is 'Where the surface ends in articles.text: code points up to and with its last.';
comment on column facts.sentence is 'The sentence that the surface stands in (all of them where it crosses several).';
comment on column facts.rule is 'Name of the rule that found it, such as date.day_month_year.';
comment on column facts.extractor_version is 'Version of the rules that found it.';
comment on column facts.noise is 'True where it stands beside the article on the page (teasers, footers, another article); leave out with: where not noise.';
comment on column facts.confidence is 'How often this rule is right, 0 to 1.';
comment on column facts.canonical_id is 'The article that states it first, see articles.canonical_id: count(distinct canonical_id) counts copies once.';
comment on column facts.is_copy is 'True where the article is a copy of another, see articles.is_copy; leave out with: where not is_copy.';
comment on column facts.said_by is 'The person or body whose words or orders the sentence tells, by the name in full; NULL if nobody is named.';

create view percentages as
select fact_id, article_id, version, url, source, published, 'percentage' as kind, surface, span_start, span_end,
    sentence, rule, extractor_version, confidence, noise,
    low, high, unit, comparator, change, status, subject, period, malformed,
    canonical_id, is_copy, said_by, actor, actor_id
from stored.percentages join stored.current_articles using (page);

comment on view percentages is 'Shares and rates, reported or aimed at.';
comment on column percentages.low is 'Lower end in the unit given; equal to high for a single value.';
comment on column percentages.high is 'Upper end in the unit given.';
comment on column percentages.unit is 'percent, or point for percentage points (điểm phần trăm).';
comment on column percentages.comparator is 'eq, min (at least), max (at most), gt (more than), lt (less than) or about.';
comment on column percentages.change is 'up or down where the figure is itself a rise or a fall, else NULL.';
comment on column percentages.status is 'target (must, shall, aims) or actual (reported).';
comment on column percentages.subject is 'What is measured, in the words of the article.';
comment on column percentages.period is 'The date expression that it holds for, in the words of the article.';
comment on column percentages.malformed is 'Whether the grouping of its figures was broken (4.354459), so that it had to be read as what the writer meant.';
comment on column percentages.actor is 'Of a target: the body or place that is to reach it, by its name in full; NULL where the sentence names none.';
comment on column percentages.actor_id is 'The same, see entities.entity_id; NULL where it is not known which.';

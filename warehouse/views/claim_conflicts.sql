create view stored.conflicts as
with ranks as (
    select 'ranking' as kind, index_id as what_id, subject_id, scope, year, rank::double as value, articles,
        publishers, first_published, fact_id
    from stored.ranking_claims
    where status = 'actual' and rank is not null and year is not null
),
shares as (
    select 'percentage' as kind, measure_id as what_id, subject_id, unit as scope, year, low as value,
        count(distinct canonical_id) as articles,
        list_sort(list(distinct source) filter (source is not null)) as publishers,
        min(published) as first_published, min(fact_id) as fact_id
    from stored.measured
    where known_id is not null and whole_year and year is not null and status = 'actual' and comparator = 'eq' and low = high
    group by measure_id, subject_id, unit, year, change, low
),
claims as (from ranks union all by name from shares)
select kind, what_id, subject_id, scope, year, count(*) as figures,
    list_sort(list({
        'value': value, 'articles': articles, 'publishers': publishers, 'first_published': first_published,
        'fact_id': fact_id
    })) as claims
from claims
group by kind, what_id, subject_id, scope, year
having count(*) > 1;

create view claim_conflicts as
select conflicts.kind, what_id, coalesce(indexes.name, measures.name) as what, subject_id,
    subjects.name as subject, scope, year, figures, claims
from stored.conflicts
left join stored.indexes on conflicts.kind = 'ranking' and indexes.id = what_id
left join stored.measures on conflicts.kind = 'percentage' and measures.id = what_id
left join stored.subjects on subjects.id = subject_id;

comment on view claim_conflicts is 'Where sources disagree: two places of one subject in one index and year, or two figures of one measure for one year.';
comment on column claim_conflicts.kind is 'ranking or percentage.';
comment on column claim_conflicts.what_id is 'Index (ranking_history.index_id) or measure (targets.measure_id).';
comment on column claim_conflicts.what is 'Name of the index or measure.';
comment on column claim_conflicts.subject_id is 'Who is ranked or measured, see ranking_history.subject_id.';
comment on column claim_conflicts.subject is 'Name of who is ranked or measured.';
comment on column claim_conflicts.scope is 'Among whom, see ranking_history.scope; the unit of a percentage.';
comment on column claim_conflicts.year is 'The year that the claims are for.';
comment on column claim_conflicts.figures is 'How many different places or figures are claimed.';
comment on column claim_conflicts.claims is 'Each of them: value, articles (copies counted once), publishers, day of the first article, and a fact that claims it.';

-- A target with the latest actual figure of the same measure that came after it and is not beyond its year.
create view stored.target_claims as
with aims as (
    select measure_id, subject_id, any_value(measure order by fact_id) as measure, unit, comparator, change, low, high,
        year as due, count(distinct canonical_id) as articles, count(distinct source) as sources,
        min(published) as first_published, max(published) as last_published, min(fact_id) as fact_id
    from stored.measured
    where status = 'target' and year is not null
    group by measure_id, subject_id, unit, comparator, change, low, high, year
),
actuals as (
    select measure_id, subject_id, unit, change, low, high, coalesce(year, year(published)) as year, published,
        count(*) over (partition by measure_id, subject_id, unit, change, low, high, year) as times, fact_id
    from stored.measured where status = 'actual'
),
met as (
    select aims.fact_id, actuals.low, actuals.high, actuals.year, actuals.published, actuals.fact_id as by_fact,
        row_number() over (
            partition by aims.fact_id, aims.measure_id, aims.low, aims.high, aims.comparator, aims.due
            order by actuals.year desc, times desc, actuals.published desc nulls last, actuals.fact_id
        ) as place
    from aims
    join actuals on actuals.measure_id = aims.measure_id and actuals.unit = aims.unit
        and actuals.subject_id is not distinct from aims.subject_id
        and actuals.change is not distinct from aims.change
        and actuals.year <= aims.due and actuals.published > aims.first_published
)
select 'percentage' as kind, measure_id, measure, subject_id, unit as scope, due,
    case when comparator in ('max', 'lt') then 'max' when comparator = 'about' then 'about' else 'min' end
        as direction,
    aims.low, aims.high, articles, sources, first_published, last_published, aims.fact_id as fact_id,
    met.low as actual_low, met.high as actual_high, met.year as actual_year, met.published as actual_published,
    met.by_fact as actual_fact_id
from aims left join met on met.fact_id = aims.fact_id and place = 1
union all
select 'ranking', aims.index_id, indexes.name, aims.subject_id, aims.scope, aims.year, 'max', 1,
    coalesce(aims.rank, aims.top_n), aims.articles, aims.sources, aims.first_published, aims.last_published,
    aims.fact_id,
    reached.rank, reached.rank, reached.year, reached.first_published, reached.fact_id
from (select * from stored.ranking_claims where status = 'target') as aims
join stored.indexes on indexes.id = aims.index_id
left join lateral (
    select * from stored.ranking_claims as actual
    where actual.index_id = aims.index_id and actual.subject_id = aims.subject_id and actual.scope = aims.scope
        and actual.status = 'actual' and actual.rank is not null and actual.year <= coalesce(aims.year, 9999)
        and actual.last_published > aims.first_published
    order by actual.year desc, actual.articles desc, actual.rank limit 1
) as reached on true;

create view targets as
select kind, measure_id, measure, subject_id, scope, due, direction, low, high, articles, sources, first_published,
    last_published, actual_low, actual_high, actual_year, actual_published,
    case direction
        when 'min' then actual_high >= low
        when 'max' then actual_low <= high
    end as reached,
    fact_id, actual_fact_id
from stored.target_claims;

comment on view targets is 'Targets, each with the latest actual figure that was published after it: percentages of one measure, places in one index.';
comment on column targets.kind is 'percentage or ranking.';
comment on column targets.measure_id is 'What is aimed at: a known measure (gdp-growth) or index (egdi), else in the words of the article.';
comment on column targets.measure is 'Name of the measure or index.';
comment on column targets.subject_id is 'Who is to be ranked or measured, see ranking_history.subject_id; NULL where the measure is none that is known.';
comment on column targets.scope is 'Among whom, see ranking_history.scope; the unit of a percentage.';
comment on column targets.due is 'Year that it is to be reached in.';
comment on column targets.direction is 'min: at least low; max: at most high (of a place: among the first so many); about: near low to high.';
comment on column targets.low is 'Lower end of the target; of a ranking 1.';
comment on column targets.high is 'Upper end of the target; of a ranking the place or the size of the band.';
comment on column targets.articles is 'How many articles state it, copies counted once.';
comment on column targets.sources is 'How many publishers state it.';
comment on column targets.first_published is 'Day of the first article that states it.';
comment on column targets.last_published is 'Day of the last article that states it.';
comment on column targets.actual_low is 'The latest actual figure, lower end, or place; NULL where none came later.';
comment on column targets.actual_high is 'The latest actual figure, upper end, or place.';
comment on column targets.actual_year is 'Year that the actual figure is for.';
comment on column targets.actual_published is 'Day of the article that gives it.';
comment on column targets.reached is 'Whether the actual figure is as aimed at; NULL where there is none.';
comment on column targets.fact_id is 'A fact that states the target, see percentages or rankings.';
comment on column targets.actual_fact_id is 'The fact that gives the actual figure.';

-- Rankings whose index and subject are known, as claims: what is said of whom, for which year.
-- A year that the sentence does not say is that of the last edition that was out when the article was.
create view stored.ranked as
with said as (
    select fact_id, canonical_id, current_articles.source, current_articles.published, fetched, rank, if(rank is null, top_n, null) as top_n, out_of, rankings.year as said_year, status,
        indexes.id as index_id, subject.key as subject_key, scope.id as scope_id, rankings.scope as scope_said
    from stored.rankings
    join stored.current_articles using (page)
    join stored.articles using (page)
    join stored.names as named on named.kind = 'index' and named.written = rankings.index
    join stored.indexes on indexes.id = named.id
    join stored.subjects as subject on subject.id = rankings.subject_id
    left join stored.names as scope on scope.kind = 'scope' and scope.written = rankings.scope
    where not noise and (rank is not null or top_n is not null)
),
dated as (
    select said.*, coalesce(said_year, edition.year) as year,
        case when said_year is not null then 'said' when edition.year is not null then 'edition' end
            as year_evidence
    from said
    left join lateral (
        select max(editions.year) as year from stored.editions
        where editions.index_id = said.index_id and editions.released <= said.published
            and said.status = 'actual'
    ) as edition on true
)
select dated.* exclude (scope_id, scope_said, said_year, subject_key, fetched), subjects.id as subject_id,
    coalesce(
        scope_id, lower(scope_said),
        case subjects.kind when 'country' then 'world' when 'province' then 'provinces' else 'ministries' end
    ) as scope
from dated
join stored.subjects on subjects.key = subject_key
    and coalesce(make_date(dated.year, 12, 31), published, fetched::date)
        between coalesce(valid_from, date '0001-01-01') and coalesce(valid_to, date '9999-12-31');

-- One claim: the same place, or the same band, of one subject in one index and year, whoever says so.
create view stored.ranking_claims as
select index_id, subject_id, scope, year, status, rank, top_n, max(out_of) as out_of,
    if(bool_or(year_evidence = 'said'), 'said', any_value(year_evidence)) as year_evidence,
    count(distinct canonical_id) as articles, count(distinct source) as sources,
    list_sort(list(distinct source) filter (source is not null)) as publishers,
    min(published) as first_published, max(published) as last_published, min(fact_id) as fact_id
from stored.ranked
group by index_id, subject_id, scope, year, status, rank, top_n;

-- Percentages for a year: the last year of the date expression that they hold for. A known measure is that of the
-- place that is to reach it, else of the one place that its sentence names, of Viet Nam where it names none, and of nobody where it names several.
create view stored.measured as
with periods as (
    select page, surface, max(year(end_date))::integer as year
    from stored.dates
    semi join (select page, period as surface from stored.percentages where period is not null)
        using (page, surface)
    group by page, surface
),
said as (
    select fact_id, page, canonical_id, current_articles.source, current_articles.published, fetched, sentence,
        low, high, unit, comparator, change, status, measures.id as known_id,
        acting.key as actor_key, coalesce(measures.id, lower(subject)) as measure_id, coalesce(measures.name, subject) as measure,
        periods.year, coalesce(regexp_matches(period, '^((cả )?năm )?[0-9]{4}$', 'i'), false) as whole_year
    from stored.percentages
    join stored.current_articles using (page)
    join stored.articles using (page)
    left join periods on periods.page = percentages.page and periods.surface = period
    left join stored.names on names.kind = 'measure' and names.written = subject
    left join stored.measures on measures.id = names.id
    left join stored.subjects as acting on acting.id = actor_id and acting.kind <> 'ministry'
    where not noise and subject is not null
        and (measures.id is not null or length(subject) - length(replace(subject, ' ', '')) >= 3)
),
places as (
    select page, sentence, if(count(distinct key) = 1, any_value(key), '') as key
    from stored.entities
    join stored.subjects on subjects.id = entity_id
    where label = 'LOC' and page in (select page from said where known_id is not null)
    group by page, sentence
)
select said.* exclude (page, sentence, fetched, actor_key), subjects.id as subject_id
from said
left join places on known_id is not null and places.page = said.page and places.sentence = said.sentence
left join stored.subjects on known_id is not null and subjects.key = coalesce(actor_key, places.key, 'country viet nam')
    and coalesce(make_date(said.year, 12, 31), published, fetched::date)
        between coalesce(valid_from, date '0001-01-01') and coalesce(valid_to, date '9999-12-31')
where known_id is null or subjects.id is not null;

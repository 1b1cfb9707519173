-- Who has most claims in each index: the first eight.
with named as (
    select index_id, "index", subject_id, any_value(subject) as subject, scope,
        count(distinct year) as years, min(year) as first_year, max(year) as last_year, sum(articles) as articles,
        arg_max(rank, {'year': year, 'articles': articles}) filter (status = 'actual' and rank is not null) as last_rank,
        max(year) filter (status = 'actual' and rank is not null) as last_rank_year,
        bool_or(disputed) as disputed
    from ranking_history
    group by index_id, "index", subject_id, scope
)
select *, count(*) over (partition by index_id) as subjects,
    sum(articles) over (partition by index_id) as index_articles
from named
qualify row_number() over (partition by index_id order by years desc, articles desc, subject_id, scope) <= 8
order by index_articles desc, index_id, years desc, articles desc, subject_id, scope

select index_id, "index", subject_id, any_value(subject) as subject, scope,
    count(distinct year) as years, min(year) as first_year, max(year) as last_year, sum(articles) as articles,
    arg_max(rank, {'year': year, 'articles': articles}) filter (status = 'actual' and rank is not null) as last_rank,
    max(year) filter (status = 'actual' and rank is not null) as last_rank_year,
    bool_or(disputed) as disputed
from ranking_history
where index_id = $index
group by index_id, "index", subject_id, scope
order by years desc, articles desc, subject_id, scope
limit 500

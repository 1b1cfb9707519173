create view ranking_history as
select index_id, indexes.name as index, claims.subject_id, subjects.name as subject,
    subjects.kind as subject_kind, claims.scope, claims.year, year_evidence, status, rank, top_n, out_of, articles, sources, publishers, first_published,
    last_published, conflicts.what_id is not null and status = 'actual' and rank is not null as disputed,
    claims.fact_id
from stored.ranking_claims as claims
join stored.indexes on indexes.id = index_id
join stored.subjects on subjects.id = claims.subject_id
left join stored.conflicts on conflicts.kind = 'ranking' and what_id = index_id
    and conflicts.subject_id = claims.subject_id and conflicts.scope = claims.scope
    and conflicts.year = claims.year;

comment on view ranking_history is 'Places of countries, provinces and ministries in known indexes over the years: one row a claim, whoever makes it.';
comment on column ranking_history.index_id is 'The index: egdi, gii, pci, papi, par-index, sipas, dti and so on; the texts that name it are brought together.';
comment on column ranking_history.index is 'Name of the index.';
comment on column ranking_history.subject_id is 'Who is ranked: vietnam, a country, a ministry or a province; a province that was merged in 2025 ends there, and its successor (an-giang-2025) begins.';
comment on column ranking_history.subject is 'Name of who is ranked.';
comment on column ranking_history.subject_kind is 'country, province or ministry.';
comment on column ranking_history.scope is 'Among whom: world, asean, south-east-asia, asia, provinces, ministries, else in the words of the article.';
comment on column ranking_history.year is 'Year of the ranking; of a target the year aimed at; NULL if unknown.';
comment on column ranking_history.year_evidence is 'said: a sentence says the year; edition: it is that of the last edition that was out when the article was; NULL if unknown.';
comment on column ranking_history.status is 'actual or target.';
comment on column ranking_history.rank is 'The place, 1 is best; NULL where only a band is claimed.';
comment on column ranking_history.top_n is 'Size of the band for "among the first n", else NULL.';
comment on column ranking_history.out_of is 'How many are ranked, where an article says so.';
comment on column ranking_history.articles is 'How many articles claim it, copies counted once.';
comment on column ranking_history.sources is 'How many publishers claim it.';
comment on column ranking_history.publishers is 'Who they are.';
comment on column ranking_history.first_published is 'Day of the first article that claims it.';
comment on column ranking_history.last_published is 'Day of the last article that claims it.';
comment on column ranking_history.disputed is 'True where another place is claimed for the same year, see claim_conflicts.';
comment on column ranking_history.fact_id is 'One of the rankings that claim it, see rankings.fact_id.';

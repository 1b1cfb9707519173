create view rankings as
select fact_id, article_id, version, url, source, published, 'ranking' as kind, surface, span_start, span_end,
    sentence, rule, extractor_version, confidence, noise,
    rank, out_of, top_n, previous_rank, change, change_since, year, subject, index, scope, status,
    canonical_id, is_copy, said_by, subject_id
from stored.rankings join stored.current_articles using (page);

comment on view rankings is 'Places in ordered lists: of countries, provinces, ministries, companies.';
comment on column rankings.rank is 'The place, 1 is best; NULL where only a band or a move is said.';
comment on column rankings.out_of is 'How many are ranked, if said.';
comment on column rankings.top_n is 'Size of the band for "among the first n", else NULL.';
comment on column rankings.previous_rank is 'The place moved from, if said.';
comment on column rankings.change is 'Places moved as said: up positive, down negative, 0 for kept; never computed.';
comment on column rankings.change_since is 'Year that the move is counted from.';
comment on column rankings.year is 'Year of the ranking, where the sentence says so.';
comment on column rankings.subject is 'Who is ranked, in the words of the article.';
comment on column rankings.index is 'In what, in the words of the article.';
comment on column rankings.scope is 'Among whom, in the words of the article.';
comment on column rankings.status is 'target or actual.';
comment on column rankings.subject_id is 'Who is ranked, valid in the year of the ranking, see entities.entity_id; NULL where it is not known which.';

create view bodies as
select entity_id as body_id, name, min(published) as first_published, max(published) as last_published,
    count(distinct canonical_id) as articles, count(*) as mentions, list_sort(list_distinct(list(surface))) as surfaces
from stored.entities join stored.current_articles using (page)
where label = 'ORG' and entity_id is not null and not noise
group by entity_id, name;

comment on view bodies is 'Bodies that articles name and that are known, each once, however they are written; a successor is another body.';
comment on column bodies.body_id is 'See entities.entity_id.';
comment on column bodies.name is 'Name in full.';
comment on column bodies.first_published is 'Day of the first article that names it.';
comment on column bodies.last_published is 'Day of the last article that names it.';
comment on column bodies.articles is 'How many articles name it, copies counted once.';
comment on column bodies.mentions is 'How often they do.';
comment on column bodies.surfaces is 'How they write it.';

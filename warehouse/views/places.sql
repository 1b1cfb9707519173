create view places as
select entity_id as place_id, name, min(published) as first_published, max(published) as last_published,
    count(distinct canonical_id) as articles, count(*) as mentions, list_sort(list_distinct(list(surface))) as surfaces
from stored.entities join stored.current_articles using (page)
where label = 'LOC' and entity_id is not null and not noise
group by entity_id, name;

comment on view places is 'Places that articles name and that are known, each once, however they are written; a merged province is another place.';
comment on column places.place_id is 'See entities.entity_id.';
comment on column places.name is 'Name in full.';
comment on column places.first_published is 'Day of the first article that names it.';
comment on column places.last_published is 'Day of the last article that names it.';
comment on column places.articles is 'How many articles name it, copies counted once.';
comment on column places.mentions is 'How often they do.';
comment on column places.surfaces is 'How they write it.';

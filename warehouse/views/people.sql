create view people as
select coalesce(entity_id, name) as person_id, any_value(name order by published desc nulls last) as name, role, body,
    min(published) as first_published, max(published) as last_published,
    count(distinct canonical_id) as articles, count(*) as mentions
from stored.entities join stored.current_articles using (page)
where label = 'PER' and not noise
group by coalesce(entity_id, name), role, body;

comment on view people is 'Persons with the roles and bodies that articles give them; namesakes in the same role are not told apart.';
comment on column people.person_id is 'A well-known person (see entities.entity_id), else the name.';
comment on column people.name is 'Name in full.';
comment on column people.role is 'Title as the article gives it, NULL where it gives none.';
comment on column people.body is 'The body or place that the title is held in.';
comment on column people.first_published is 'Day of the first article that says so.';
comment on column people.last_published is 'Day of the last article that says so.';
comment on column people.articles is 'How many articles say so, copies counted once.';
comment on column people.mentions is 'How often the name stands in them.';

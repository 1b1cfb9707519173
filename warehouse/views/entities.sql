create view entities as
select fact_id, article_id, version, url, source, published, 'entity' as kind, surface, span_start, span_end,
    sentence, rule, extractor_version, confidence, noise,
    label,
    canonical_id, is_copy, said_by, entity_id, name, role, body
from stored.entities join stored.current_articles using (page);

comment on view entities is 'Names of people, bodies and places.';
comment on column entities.label is 'PER (person), ORG (body, agency, company) or LOC (country, province, region).';
comment on column entities.entity_id is 'The one thing that it means (bo-tttt, ubnd-cao-bang, hue), valid on the day of the article; NULL where it is not known which.';
comment on column entities.name is 'That thing''s name in full; of a person, the name in full in this article; NULL if not known.';
comment on column entities.role is 'Of a person: the title that the article gives (Thứ trưởng), else NULL.';
comment on column entities.body is 'Of a person: the body or place that the title is held in, by its name in full if known.';

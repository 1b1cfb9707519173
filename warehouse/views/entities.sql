create view entities as
select fact_id, article_id, version, url, source, published, 'entity' as kind, surface, span_start, span_end,
    sentence, rule, extractor_version, confidence, noise,
    label,
    canonical_id, is_copy
from stored.entities join stored.current_articles using (page);

comment on view entities is 'Names of people, bodies and places.';
comment on column entities.label is 'PER (person), ORG (body, agency, company) or LOC (country, province, region).';

-- Without sentences: to read one, two thousand are unpacked.
select 'entity' as kind, fact_id, surface, span_start, span_end, said_by, label, entity_id, name, role, body
from stored.entities
where rowid between $first and $last and page = $page and not noise

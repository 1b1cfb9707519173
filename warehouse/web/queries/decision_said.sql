-- What articles say of a document, each wording with how many say so and where to read it.
with named as materialized (from stored.document_mentions where document_id = $document),
said as (
    select 'doc_type' as what, doc_type as said, canonical_id, fact_id from named
    union all
    select 'number', number, canonical_id, fact_id from named
    union all
    select 'issuer', issuer, canonical_id, fact_id from named
    union all
    select 'issued_on', issued_on, canonical_id, fact_id from named
    union all
    select 'title', title, canonical_id, fact_id from named
)
select what, said, count(distinct canonical_id) as articles, min(fact_id) as fact_id
from said
where said is not null
group by what, said
order by what, articles desc, said

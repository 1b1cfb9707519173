-- Both directions: what the document does (`own`), and what others do to it.
with relations as (
    select true as own, relation, other_document_id as document_id, articles, fact_id
    from decision_relations where document_id = $document
    union all
    select false, relation, document_id, articles, fact_id
    from decision_relations where other_document_id = $document
)
select own, relation, document_id, doc_type, number, title, issued_on, relations.articles, fact_id
from relations join decisions using (document_id)
order by own desc, relation, relations.articles desc, document_id

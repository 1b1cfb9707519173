-- A document that is amended, replaced or implemented, with the document of the same sentence that does so: the one
-- in front of it, or behind it where the sentence says by which (`được thay thế bởi`).
create view stored.document_relations as
with named as (
    select fact_id, page, document_id, action, if(doc_type = 'Bộ luật', 'Luật', doc_type) as doc_type, sentence, surface, span_start, span_end, canonical_id
    from stored.decisions
    join stored.resolved using (fact_id)
    join stored.current_articles using (page)
),
paired as (
    select target.document_id as document_id, target.action, target.fact_id, target.canonical_id,
        source.document_id as by_document_id
    from named target
    join named source on source.page = target.page and source.sentence = target.sentence
        and source.document_id <> target.document_id
    where target.action in ('amend', 'replace', 'implement')
        and source.action <> target.action
        -- what takes the place of a document, or changes it, is of its type: a decree does so to a decree
        and (target.action = 'implement' or source.doc_type = target.doc_type)
        and (
            source.span_start < target.span_start
            and not regexp_matches(target.sentence, 'được (thay thế|sửa đổi)[^.]* (bởi|bằng) ')
            or source.span_start > target.span_start
            and regexp_matches(target.sentence, 'được (thay thế|sửa đổi)[^.]* (bởi|bằng) ')
        )
    qualify row_number() over (
        partition by target.fact_id order by abs(source.span_start - target.span_start), source.fact_id
    ) = 1
)
select by_document_id as document_id,
    case action when 'amend' then 'amends' when 'replace' then 'replaces' else 'implements' end as relation,
    document_id as other_document_id,
    count(distinct canonical_id) as articles,
    min(fact_id) as fact_id
from paired
group by all;

create view decision_relations as from stored.document_relations;

comment on view decision_relations is 'Which document amends, replaces or implements which, as articles say it in one sentence.';
comment on column decision_relations.document_id is 'The document that does so, see decisions.document_id.';
comment on column decision_relations.relation is 'amends, replaces or implements.';
comment on column decision_relations.other_document_id is 'The document that it is done to.';
comment on column decision_relations.articles is 'How many articles say so, copies counted once.';
comment on column decision_relations.fact_id is 'A mention that says so (of the other document), see decision_mentions.fact_id.';

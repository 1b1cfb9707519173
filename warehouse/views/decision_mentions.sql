-- What the page of a document asks for, all of one document together.
create view stored.document_mentions as
select document_id, page, fact_id, article_id, canonical_id, is_copy, noise, current_articles.source,
    current_articles.published, articles.title as article_title, span_start, surface, sentence, action, doc_type,
    number, issuer, issued_on, decisions.title, resolved.confidence as document_confidence
from stored.resolved
join stored.decisions using (fact_id)
join stored.current_articles using (page)
join (select page, title from stored.articles) as articles using (page)
order by document_id, published nulls last, canonical_id, span_start;

-- Targets that an article attaches to a document: no other one is named between, and they stand near.
create view stored.document_targets as
with aims as (
    select page, 'percentage' as kind, fact_id, span_start, surface, sentence, subject, period,
        low, high, unit, comparator, null::integer as rank, null::integer as top_n, null::integer as year
    from stored.percentages
    where status = 'target' and not noise
    union all
    select page, 'ranking', fact_id, span_start, surface, sentence, coalesce("index", subject), null,
        null, null, null, null, rank, top_n, year
    from stored.rankings
    where status = 'target' and not noise
),
named as (
    select page, span_start, document_id, sentence, source, published
    from stored.document_mentions
    where not noise and not is_copy
)
select named.document_id, aims.* exclude (page), source, published, aims.sentence = named.sentence as same_sentence
from aims asof join named on aims.page = named.page and aims.span_start >= named.span_start
where aims.span_start - named.span_start < 800
order by named.document_id, fact_id;

create view decision_mentions as
select fact_id, article_id, version, url, source, published, 'decision' as kind, surface, span_start, span_end,
    sentence, rule, extractor_version, decisions.confidence, noise,
    doc_type, number, issued_on, issuer, title, action, refers_to,
    document_id, resolved.confidence as document_confidence, evidence as document_evidence,
    canonical_id, is_copy, said_by, issuer_id
from stored.decisions join stored.current_articles using (page)
left join stored.resolved using (fact_id);

comment on view decision_mentions is 'Mentions of legal and administrative documents (laws, decrees, decisions, resolutions, plans), each with the document that it names.';
comment on column decision_mentions.doc_type is 'Type of document, capitalised: Quyết định, Nghị quyết, Nghị định, Luật, Thông tư and so on.';
comment on column decision_mentions.number is 'Number with its code as written, without spaces (942/QĐ-TTg); NULL if the article gives none.';
comment on column decision_mentions.issued_on is 'Date of issue as text: an ISO day, or a month (2021-06) or a year (2020) where only that is said.';
comment on column decision_mentions.issuer is 'Who issued it, canonical name in full, from the sentence or from the code in the number.';
comment on column decision_mentions.issuer_id is 'The body that issued it, see entities.entity_id; NULL where it is not known which.';
comment on column decision_mentions.title is 'What it is about, in the words of the article.';
comment on column decision_mentions.action is 'What the sentence does with it: issue, amend, replace, draft, implement or cite.';
comment on column decision_mentions.refers_to is 'For a short mention (Nghị quyết 17): span_start of the mention in full in the same article that it points to; NULL if none or several fit.';
comment on column decision_mentions.document_id is 'The document that is named, see decisions.document_id; NULL where nothing tells which.';
comment on column decision_mentions.document_confidence is 'How sure it is that the mention names this document, 0 to 1.';
comment on column decision_mentions.document_evidence is 'Why it is taken for this document: number and year, same article, title, words around, issuer and day of issue, override and so on.';

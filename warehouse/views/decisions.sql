create view decisions as
select fact_id, article_id, version, url, source, published, 'decision' as kind, surface, span_start, span_end,
    sentence, rule, extractor_version, confidence, noise,
    doc_type, number, issued_on, issuer, title, action, refers_to,
    canonical_id, is_copy
from stored.decisions join stored.current_articles using (page);

comment on view decisions is 'Mentions of legal and administrative documents: laws, decrees, decisions, resolutions, plans.';
comment on column decisions.doc_type is 'Type of document, capitalised: Quyết định, Nghị quyết, Nghị định, Luật, Thông tư and so on.';
comment on column decisions.number is 'Number with its code as written, without spaces (942/QĐ-TTg); NULL if the article gives none.';
comment on column decisions.issued_on is 'Date of issue as text: an ISO day, or a month (2021-06) or a year (2020) where only that is said.';
comment on column decisions.issuer is 'Who issued it, canonical name in full, from the sentence or from the code in the number.';
comment on column decisions.title is 'What it is about, in the words of the article.';
comment on column decisions.action is 'What the sentence does with it: issue, amend, replace, draft, implement or cite.';
comment on column decisions.refers_to is 'For a short mention (Nghị quyết 17): span_start of the mention in full in the same article that it points to; NULL if none or several fit.';

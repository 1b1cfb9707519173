-- Of what the mentions of a document say differently, that counts which most articles say; of two that as many say,
-- the longer one, then the last in order: the outcome must not hang on the order of rows.
create view stored.documents as
with told as (
    select document_id, canonical_id, source, published, resolved.confidence, action, doc_type, number, issued_on,
        issuer, issuer_id, title
    from stored.decisions
    join stored.resolved using (fact_id)
    join stored.current_articles using (page)
),
said as (
    select document_id, canonical_id, 'doc_type' as what, doc_type as said from told
    union all
    select document_id, canonical_id, 'numbered_type', doc_type from told where number is not null
    union all
    select document_id, canonical_id, 'number', number from told where number is not null
    union all
    select document_id, canonical_id, 'issued_on', issued_on from told where issued_on is not null
    union all
    -- all names of one body vote for it
    select document_id, canonical_id, 'issuer', coalesce(issuer_id, issuer) from told where issuer is not null
    union all
    select document_id, canonical_id, 'title', title from told where title is not null
),
counted as (
    select document_id, what, said, count(distinct canonical_id) as articles from said group by all
),
best as (
    select document_id, what, said
    from counted
    -- a number with its code is said in full, one without it is not; so is a day and a month
    qualify row_number() over (
        partition by document_id, what
        order by what = 'number' and contains(said, '/') desc, what = 'issued_on' and length(said) = 10 desc,
            articles desc, length(said) desc, said desc
    ) = 1
),
spelled as (
    select document_id,
        -- a strategy is named by its own type too; the number is that of the decision that approves it
        coalesce(
            any_value(said) filter (what = 'numbered_type'), any_value(said) filter (what = 'doc_type')
        ) as doc_type,
        any_value(said) filter (what = 'number') as number,
        any_value(said) filter (what = 'issued_on') as issued_on,
        any_value(said) filter (what = 'issuer') as issuer_key,
        any_value(said) filter (what = 'title') as title
    from best group by document_id
),
issued as (
    select document_id, told.issuer, issuer_id
    from spelled join told using (document_id)
    where coalesce(issuer_id, told.issuer) = issuer_key
    group by document_id, told.issuer, issuer_id
    qualify row_number() over (
        partition by document_id
        order by count(distinct canonical_id) desc, length(told.issuer) desc, told.issuer desc
    ) = 1
),
spoken as (
    select document_id, count(*) as mentions, count(distinct canonical_id) as articles,
        count(distinct source) as sources, min(published) as first_published,
        max(published) as last_published, list_sort(list(distinct action)) as actions,
        round(avg(confidence), 3) as confidence
    from told group by document_id
)
select document_id, doc_type, number, issued_on,
    coalesce(
        try_cast(regexp_extract(document_id, '(?:^|[^0-9])c?((?:19|20)[0-9]{2})(?:$|-[0-9a-f]{6}$)', 1) as integer),
        try_cast(left(issued_on, 4) as integer)
    ) as year,
    issuer, title, articles, mentions, sources, first_published, last_published, actions, confidence, issuer_id
from spelled join spoken using (document_id) left join issued using (document_id);

create view decisions as from stored.documents;

comment on view decisions is 'Legal and administrative documents: one row each, all that articles say of it brought together; see decision_mentions for the articles.';
comment on column decisions.document_id is 'The document: number, code and year or term (942-qd-ttg-2021, 52-nq-tw-khoa-12), or name and year (luat-dat-dai-2024). c2019: year not said, first named about then.';
comment on column decisions.doc_type is 'Type as most articles give it: Quyết định, Nghị quyết, Nghị định, Luật, Thông tư and so on.';
comment on column decisions.number is 'Number with its code, as most give it; NULL for a document that is only named.';
comment on column decisions.issued_on is 'Day of issue as text, as most give it; a month or a year where no article says more, NULL where none does.';
comment on column decisions.year is 'Year of the document, from its number or its day of issue; where neither is said, about when it is first named.';
comment on column decisions.issuer is 'Who issued it, as most say.';
comment on column decisions.issuer_id is 'The body that issued it, see entities.entity_id; NULL where it is not known which.';
comment on column decisions.title is 'What it is about, as most say.';
comment on column decisions.articles is 'How many articles name it, copies counted once.';
comment on column decisions.mentions is 'How often it is named, copies included.';
comment on column decisions.sources is 'How many publishers name it.';
comment on column decisions.first_published is 'Day of the first article that names it, NULL where none is dated.';
comment on column decisions.last_published is 'Day of the last article that names it, NULL where none is dated.';
comment on column decisions.actions is 'What articles do with it: any of issue, amend, replace, draft, implement and cite.';
comment on column decisions.confidence is 'How sure it is that its mentions name it: mean of decision_mentions.document_confidence.';

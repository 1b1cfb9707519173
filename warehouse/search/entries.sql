-- What search knows: every story once (no copies), and every document that the stories speak of.
-- `state` takes in all of it, the text by its version. The texts of articles are not here, `building` reads them.
with documents as materialized (
    select document_id, doc_type, number, issuer, title, actions, year,
        try_cast(issued_on as date) as issued
    from decisions
),
mentions as materialized (
    select m.* exclude (issuer, doc_type, title), m.title as said_title,
        coalesce(d.issuer, m.issuer) as issuer, m.doc_type,
        list_distinct([
            {'number': n, 'type': coalesce(d.doc_type, m.doc_type)} for n in [m.number, d.number] if n is not null
        ]) as numbers
    from decision_mentions m left join documents d using (document_id)
    where not noise and not is_copy
),
told as (
    select article_id,
        list_sort(list(distinct doc_type)) as types,
        list_sort(list(distinct issuer) filter (issuer is not null)) as issuers,
        list_sort(list(distinct action)) as actions,
        list_sort(list_distinct(flatten(list(numbers)))) as numbers
    from mentions
    group by article_id
),
ranked as (
    select article_id, list_sort(list(distinct coalesce(known.name || ' (' || known.id || ')', "index"))) as indexes
    from rankings
    left join stored.names as named on named.kind = 'index' and named.written = "index"
    left join stored.indexes as known on known.id = named.id
    where "index" is not null and not noise and not is_copy
    group by article_id
),
stories as (
    select canonical_id as article_id, count(*) as articles,
        list_sort(list(distinct source) filter (source is not null)) as sources
    from articles
    where is_current
    group by canonical_id
),
discovered as (select article_id, min(fetched) as found from articles group by article_id),
spoken as (
    select document_id, count(distinct article_id) as articles, min(found) as found,
        list_sort(list(distinct source) filter (source is not null)) as sources
    from mentions join discovered using (article_id)
    where document_id is not null
    group by document_id
),
fullest as (  -- the mention that says most
    select document_id, article_id, fact_id, sentence, url, source
    from mentions
    where document_id is not null
    qualify row_number() over (
        partition by document_id
        order by length(coalesce(said_title, '')) desc, published nulls last, article_id, span_start
    ) = 1
),
known as (
    select 'article' as kind, article_id as id, coalesce(title, '') as title, null as text, article_id,
        url, source, published as day, year(published) as year, articles,
        numbers, types, issuers, actions, indexes, sources, found, version
    from articles join stories using (article_id) join discovered using (article_id)
    left join told using (article_id)
    left join ranked using (article_id)
    where is_current
    union all by name
    select 'decision' as kind, document_id as id, concat_ws(' ', doc_type, number, d.issuer, d.title) as title,
        sentence as text, article_id,
        fullest.url as url, fullest.source as source, issued as day, coalesce(year(issued), d.year) as year,
        articles, if(number is null, [], [{'number': number, 'type': doc_type}]) as numbers, [doc_type] as types,
        if(d.issuer is null, [], [d.issuer]) as issuers, actions, [] as indexes, sources, found, fact_id as version
    from documents d join spoken using (document_id) join fullest using (document_id)
)
select md5(row(*columns(* exclude (text)))::varchar) as state, * exclude (version) from known

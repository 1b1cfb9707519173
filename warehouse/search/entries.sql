-- What search knows: every story once (no copies), and every document that the stories speak of.
-- `state` takes all of it in, the text by its version.
with mentions as (
    from decision_mentions where not noise and not is_copy
),
told as (
    select article_id,
        list_sort(list(distinct doc_type)) as types,
        list_sort(list(distinct issuer) filter (issuer is not null)) as issuers,
        list_sort(list(distinct action)) as actions,
        list_sort(list(distinct {'number': number, 'type': doc_type}) filter (number is not null)) as numbers
    from mentions
    group by article_id
),
ranked as (
    select article_id, list_sort(list(distinct "index")) as indexes
    from rankings
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
documents as (
    select doc_type, upper(number) as folded_number,
        max_by(mentions, (length(coalesce(title, '')), -page_rank, -span_start)) as fullest,
        mode(number) as number,
        mode(issuer) as issuer,
        mode(try_cast(issued_on as date)) as issued,
        mode(try_cast(left(issued_on, 4) as integer)) as year,
        list_sort(list(distinct action)) as actions,
        list_sort(list(distinct source) filter (source is not null)) as sources,
        count(distinct article_id) as articles
    from (select *, row_number() over (order by published nulls last, article_id) as page_rank from mentions)
        as mentions
    where number is not null
    group by all
),
known as (
    select 'article' as kind, article_id as id, coalesce(title, '') as title, text, article_id,
        0 as "offset", url, source, published as day, year(published) as year, articles,
        numbers, types, issuers, actions, indexes, sources, version
    from articles join stories using (article_id)
    left join told using (article_id)
    left join ranked using (article_id)
    where is_current
    union all by name
    select 'decision' as kind, md5(doc_type || ' ' || folded_number)[:16] as id,
        concat_ws(' ', doc_type, number, documents.issuer, fullest.title) as title,
        fullest.sentence as text, fullest.article_id as article_id,
        greatest(instr(articles.text, fullest.sentence) - 1, 0) as "offset",
        fullest.url as url, fullest.source as source, issued as day, coalesce(year(issued), documents.year) as year,
        documents.articles, [{'number': documents.number, 'type': doc_type}] as numbers, [doc_type] as types,
        if(documents.issuer is null, [], [documents.issuer]) as issuers, actions, [] as indexes,
        documents.sources, fullest.fact_id as version
    from documents join articles on articles.article_id = fullest.article_id and is_current
)
select md5(row(*columns(* exclude (text)))::varchar) as state, * exclude (version) from known

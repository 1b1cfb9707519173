-- The mentions of current articles as `warehouse.document_mentions.Mention` takes them. An article was written no
-- earlier than the latest day or month that it speaks of as past.
with spoken as (
    select page, max(year(start_date)) as year
    from stored.dates join stored.articles using (page)
    where grain in ('day', 'month') and modifier is null and start_date <= fetched and not noise
    group by page
)
select fact_id, current_articles.article_id, canonical_id, span_start, refers_to, doc_type, surface, sentence, number,
    issuer, issued_on, decisions.title, year(current_articles.published)::integer, spoken.year::integer, articles.title
from stored.decisions
join stored.current_articles using (page)
join stored.articles using (page)
left join spoken using (page)
order by fact_id

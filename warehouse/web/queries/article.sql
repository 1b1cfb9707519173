-- The wordings of an article, the one that was fetched last first.
select article_id, version, title, published, url, source, fetched, page,
    coalesce(canonical_id, article_id) as canonical_id, canonical_id is not null as is_copy
from stored.articles left join (from stored.copies where article_id = $article) as copies using (article_id)
where articles.article_id = $article
order by page desc

-- One wording of an article, without its text.
select article_id, version, title, published, url, source, fetched, page
from stored.articles
where rowid between $first and $last and page = $page

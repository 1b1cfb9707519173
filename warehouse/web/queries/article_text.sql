-- Apart from all else of the article: by its place it is had without looking for it.
select text from stored.articles where rowid between $first and $last and page = $page

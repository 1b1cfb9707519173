-- Apart from all else: where no text is read, none is unpacked.
select text from stored.articles where rowid between $first and $last and page = $page

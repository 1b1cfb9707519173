from entities where article_id = $article and not noise order by span_start, span_end desc

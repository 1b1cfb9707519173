select scope, sum(articles) as articles from ranking_history
where index_id = $index and subject_id = $subject
group by scope
order by articles desc, scope

from ranking_history
where index_id = $index and subject_id = $subject and scope = $scope
order by year nulls last, status, rank nulls last, top_n

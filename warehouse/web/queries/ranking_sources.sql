select year, status, rank, top_n, fact_id, source, published
from stored.ranked
where index_id = $index and subject_id = $subject and scope = $scope
qualify row_number() over (partition by year, status, rank, top_n, canonical_id, source order by published, fact_id) = 1
order by published nulls last, fact_id

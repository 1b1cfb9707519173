select targets.*, subjects.name as subject
from targets left join (select distinct id, name from stored.subjects) as subjects on subjects.id = subject_id
where not $known or subject_id is not null
order by due desc nulls last, articles desc, measure_id, low, high, targets.fact_id
limit $most offset $skip

select measured.*, subjects.name as subject
from stored.measured left join (select distinct id, name from stored.subjects) as subjects on subjects.id = subject_id
where measure_id = $measure and subject_id = $subject and known_id is not null
order by year nulls last, status, low, high, published nulls last, fact_id
limit 600

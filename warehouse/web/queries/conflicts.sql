select kind, what_id, what, subject_id, subject, scope, year, claims
from claim_conflicts
order by list_sum([claim.articles for claim in claims]) desc, year desc, what_id, subject_id, scope
limit $most

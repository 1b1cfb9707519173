from runs
qualify row_number() over (partition by site order by started desc) = 1
order by site

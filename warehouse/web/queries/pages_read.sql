select any_value(archive) as archive, (
    select count(distinct page) from (select page from stored.articles union all select page from stored.unreadable)
) as pages
from stored.state

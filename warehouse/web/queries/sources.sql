from sources order by articles desc, source limit 200

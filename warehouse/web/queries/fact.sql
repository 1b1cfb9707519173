select fact_id, article_id, version from facts where fact_id = $fact

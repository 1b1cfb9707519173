select fact_id, article_id from facts where fact_id = $fact

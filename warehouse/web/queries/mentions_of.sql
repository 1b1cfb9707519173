select document_id, mentions from decisions where document_id in (select unnest($documents::varchar[]))

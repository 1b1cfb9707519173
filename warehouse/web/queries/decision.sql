select * from decisions where document_id = $document

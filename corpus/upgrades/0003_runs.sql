-- Crawls know the run that they were part of.

ALTER TABLE crawls ADD COLUMN run TEXT;

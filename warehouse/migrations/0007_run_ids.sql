-- The run that a crawl was part of: one id through logs, crawls and generations.
alter table stored.runs add column run varchar;

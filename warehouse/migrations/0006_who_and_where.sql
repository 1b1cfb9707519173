-- Names are linked to the thing they mean, and facts to who says them.

alter table stored.decisions add column said_by varchar;
alter table stored.dates add column said_by varchar;
alter table stored.percentages add column said_by varchar;
alter table stored.rankings add column said_by varchar;
alter table stored.quantities add column said_by varchar;
alter table stored.entities add column said_by varchar;

alter table stored.entities add column entity_id varchar;  -- the one thing of the lexicons; null: not known which
alter table stored.entities add column name varchar;       -- its name in full; null: not known
alter table stored.entities add column role varchar;       -- of a person, as the article gives it
alter table stored.entities add column body varchar;       -- that the role is held in

alter table stored.decisions add column issuer_id varchar;    -- these mean what entities.entity_id means
alter table stored.rankings add column subject_id varchar;
alter table stored.percentages add column actor varchar;       -- who is to reach a target; null: not said
alter table stored.percentages add column actor_id varchar;

-- Every event of every stream, for ever. A reader that follows all of them goes by position: whoever inserts holds
-- one lock until the commit is visible, so a position never appears after a higher one has been seen.
create table journal.events (
  position        bigint generated always as identity primary key,
  stream          text        not null,
  sequence_number bigint      not null check (sequence_number > 0),
  payload         bytea       not null,
  hash            bytea       not null generated always as (sha256(payload)) stored,
  writer          text        not null,
  written_at      timestamptz not null default clock_timestamp(),
  -- Two writers of one stream: the second one is refused here, whatever went wrong above.
  unique (stream, sequence_number)
);

-- Payloads are small and already dense; trying to compress them again costs time at every commit.
alter table journal.events alter column payload set storage external;

create function journal.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are for ever: % on %.% is refused', tg_op, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation', hint = 'What was wrong is put right by a further event.';
end $$;

create trigger events_are_for_ever
  before update or delete or truncate on journal.events
  for each statement execute function journal.refuse_change();

-- How far each follower of all events has come; written in the same transaction as what the follower makes of them.
create table journal.offsets (
  follower   text        primary key,
  position   bigint      not null,
  updated_at timestamptz not null default clock_timestamp()
);

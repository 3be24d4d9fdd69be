-- Made anew, from the journal, whenever Schema.VERSION changes: no migrations. Names sort by their bytes everywhere.
create schema views;

create table views.progress (
  only_row boolean primary key default true check (only_row),
  version  int     not null,
  position bigint  not null
);

create table views.applications (
  application text collate "C" primary key,
  namespace   text collate "C" not null,
  revision    int         not null,
  strategy    text        not null,
  images      json        not null,
  labels      json        not null,
  updated     timestamptz not null,
  removed     boolean     not null
);
create index on views.applications (namespace, application) where not removed;

create table views.placements (
  application      text collate "C" not null,
  cluster          text collate "C" not null,
  labels           json        not null,
  revision         int         not null,
  scale            int,
  images           json        not null,
  scalable         boolean     not null,
  scaled           int         not null,
  fixed            int         not null,
  strategy         json        not null,
  workload         text        not null,
  others           json        not null,
  front            json        not null,
  paused           boolean     not null,
  removing         boolean     not null,
  aborting         boolean     not null,
  failed           boolean     not null,
  leftovers        boolean     not null,
  generation       int         not null,
  since            timestamptz not null,
  standing         text        not null,
  held_step        int,
  until            timestamptz,
  preview          text,
  failure_kind     text,
  failure_detail   text,
  written          boolean     not null,
  hindrance_kind   text,
  hindrance_detail text,
  warning          text        not null,
  layout           json        not null,
  step             int         not null,
  mark_generation  int         not null,
  mark_leg         int         not null,
  holding          boolean     not null,
  good             int,
  good_front       json,
  primary key (application, cluster)
) with (fillfactor = 80);
create index on views.placements (cluster, application);
create index on views.placements (application) where standing in ('OWED', 'HELD') or until is not null or leftovers;

create table views.releases (
  application text collate "C" not null,
  revision    int         not null,
  position    bigint      not null,
  namespace   text collate "C" not null,
  cause       text        not null,
  actor       text        not null,
  reason      text        not null,
  created     timestamptz not null,
  images      json        not null,
  origin      text        not null,
  outcome     text        not null,
  spec        text        not null,
  primary key (application, revision)
);
create index on views.releases (position);
create index on views.releases (namespace, position);

create table views.outcomes (
  application text collate "C" not null,
  revision    int  not null,
  cluster     text collate "C" not null,
  place       int  not null,
  outcome     text not null,
  message     text not null,
  primary key (application, revision, cluster)
);
create index on views.outcomes (application, cluster) where outcome = 'IN_PROGRESS';

create table views.events (
  position       bigint primary key,
  stream         text        not null,
  sequence       bigint      not null,
  application    text collate "C" not null,
  at             timestamptz not null,
  actor          text        not null,
  reason         text        not null,
  command_source text        not null,
  command_id     text        not null,
  type           text        not null,
  summary        text        not null
);
create index on views.events (application, position);
create index on views.events (application, position) where type in ('RemovalRequested', 'ApplicationRemoved');
create index on views.events (command_id, command_source);

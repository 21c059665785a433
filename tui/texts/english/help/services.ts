import type { HelpTopicText } from './help-topic.ts';

export const services: HelpTopicText = {
  title: 'Services and reset',
  body: `
  kedge service list
  kedge service reset --dry-run
  kedge service reset --retry
  kedge service logs host --follow

"It hangs": "R" in the interface shows the plan of a reset, its order, what stands in its way and how long it takes.
Nothing is stopped before you say so.

## Healthy
A service is healthy when its manager says that it runs, all its probes answer in time (HTTP, TCP, SQLite, SQL, disk),
and it stays the same process for a while. Screen 5 says of each why it is not, with its last lines.

  kedge service history

## Reset
Services are stopped in reverse order of "dependsOn" and started in order; each must be down, then healthy, before the
next. --sick takes only those that are ill, names take only those, --retry runs again what failed before. It ends with
done, or names what did not come up (DEGRADED) and what was put back.

One that does not stop in time is a question, never a guess: wait longer, end its clients, kill it, or start again what
was stopped. A database is killed only when its name is typed. From elsewhere:

  kedge service answer 12 wait

A reset is refused while a restore exchanges data. While another job is at work it asks what becomes of that one; on the
command line --cancel-job cancels it first and --wait-job resets when it has ended. The same holds for a start, stop or
restart of one service, and for "kedge job retry" of a reset.

## By itself
  "autoReset": { "afterSeconds": 120 }

in a service's settings resets it when it stays ill; it is off unless you set it.

## Databases
  kedge service clients database
  kedge service shut-out database
  kedge service let-in database

They work for services that say which PostgreSQL, MariaDB, MySQL or SQL Server runs in them:
  "database": { "engine": "postgres", "user": "kedge", "name": "clinic" }
`,
};

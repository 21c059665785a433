import type { HelpTopicText } from './help-topic.ts';

export const databases: HelpTopicText = {
  title: 'Database servers',
  body: `
PostgreSQL, MariaDB, MySQL and SQL Server. A database of SQLite is a file and needs none of this.

## Set it up
  kedge init
  kedge config edit
  kedge doctor

"init" names the servers of this machine and prints the SQL that makes an account for Kedge, and the lines for the
configuration. A right that is missing is named with the SQL that gives it: by the doctor, before a backup, in the plan
of a restore. It is an account of Kedge's own, not that of the application.

Without "host" the server is reached by its socket and knows Kedge by the system user it runs as: no password. Else
"host", "port", "tls" and a password, in a file that nobody else can read:
  "password": { "file": "/etc/kedge/clinic-db" }

## PostgreSQL
  "sources": {
    "db": { "engine": "postgres", "database": "clinic", "user": "kedge" }
  }

Needs pg_dump and pg_restore, not older than the server (Debian: postgresql-client). The database is taken as of one
moment while everybody works on.

## MariaDB and MySQL
  "sources": {
    "db": { "engine": "mariadb", "database": "clinic", "user": "kedge" }
  }

Needs mariadb-dump and mariadb, or mysqldump and mysql. During the exchange of a restore the application's accounts are
locked: those in "accounts", else all that have rights in this database. Tables without transactions (MyISAM) are of
another moment than the rest.

## SQL Server
  "sources": {
    "db": {
      "engine": "sqlserver", "database": "clinic", "user": "kedge",
      "password": { "file": "/etc/kedge/mssql" },
      "exchange": { "server": "/srv/exchange", "here": "/srv/exchange" }
    }
  }

The server writes its backups into the folder "server" and reads them there; "here" is what Kedge calls the same folder.
Both must be able to write in it. Protocol-tested; not yet run against Microsoft's engine.

## What comes back
  kedge restore plan latest --only db
  kedge restore run latest --only db
  kedge restore run latest --table db.visit
  kedge restore run latest --table db.visit --beside

- the whole database; single tables of PostgreSQL and MariaDB, as they were
- single tables under a name of their own, to copy from: --beside; of SQL Server only so
- no single rows, no merge, and no moment between two backups

It is loaded into a new database beside the live one, and counted, while the application runs. Then services stop, but
for the server; whoever is connected is disconnected, the two change places, and services start. If they do not become
healthy, the old one comes back by itself.

## A whole server
  "sources": {
    "pg": {
      "engine": "postgres-server", "data": "/var/lib/postgresql/15/main",
      "user": "kedge"
    },
    "maria": {
      "engine": "mariadb-server", "data": "/var/lib/mysql", "user": "kedge"
    }
  }

All databases with accounts and settings, as the server's data folder; differentials are of pages. A server is started on
the copy and reads all of it before anything stops. Then services stop, the server too, and the folders change places. The
server is a service with the role "database" for that, and the old folder lies beside as the undo. It takes the same series
of the server (PostgreSQL 15 and newer), and as much scratch as the folder; of MariaDB also mariadb-backup. To bring it
back Kedge must be able to give the folder to its owner: kedge install sees to that. Single databases
and tables come out of sources of their own only.

## Undo
  kedge undo list
  kedge undo run
  kedge undo remove ID --forget

The old database stays in the server for 7 days, under a name with "__kedge_undo_", and takes room there. --forget (F on
the Restore screen) is for a server that is gone for good; a restore that such a server has left unfinished is ended by
  kedge recovery give-up 12

## Drill
  kedge drill latest

restores it into its server under a name with "__kedge_drill_", counts the rows of every table and drops it. Where the
account may not, or there is no room, it says what is not proven.

## Its service
  kedge service clients database

Who is connected is shown where a service with the role "database" says which server it is (kedge help services).

## Without Kedge
  tar --zstd -xf FILE.tar.zst
  createdb clinic && pg_restore -d clinic db/dump
  for f in db/tables/*.sql; do mariadb clinic < "$f"; done

"db" is the name of the source; db/views.sql and db/code.sql follow in the same way. Of SQL Server it is RESTORE DATABASE from db/full.bak.
`,
};

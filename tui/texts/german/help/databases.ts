export const databases = `
PostgreSQL, MariaDB, MySQL und SQL Server. Eine Datenbank von SQLite ist eine Datei und braucht nichts von dem hier.

## Einrichten
  kedge init
  kedge config edit
  kedge doctor

"init" nennt die Server dieses Rechners und gibt das SQL aus, das ein Konto für Kedge anlegt, und die Zeilen für die
Konfiguration. Ein Recht, das fehlt, wird mit dem SQL genannt, das es gibt: von der Diagnose, vor einer Sicherung, im Plan
einer Wiederherstellung. Es ist ein eigenes Konto, nicht das der Anwendung.

Ohne "host" ist der Server über seinen Socket zu erreichen und kennt Kedge an dem Systembenutzer, als der es läuft: kein
Passwort. Sonst "host", "port", "tls" und ein Passwort, in einer Datei, die sonst niemand lesen kann:
  "password": { "file": "/etc/kedge/clinic-db" }

## PostgreSQL
  "sources": {
    "db": { "engine": "postgres", "database": "clinic", "user": "kedge" }
  }

Braucht pg_dump und pg_restore, nicht älter als der Server (Debian: postgresql-client). Die Datenbank wird mit dem Stand
eines einzigen Augenblicks aufgenommen, während alle weiterarbeiten.

## MariaDB und MySQL
  "sources": {
    "db": { "engine": "mariadb", "database": "clinic", "user": "kedge" }
  }

Braucht mariadb-dump und mariadb, oder mysqldump und mysql. Während eine Wiederherstellung austauscht, sind die Konten der
Anwendung gesperrt: die in "accounts", sonst alle mit Rechten in dieser Datenbank. Tabellen ohne Transaktionen (MyISAM) sind
von einem anderen Augenblick als der Rest.

## SQL Server
  "sources": {
    "db": {
      "engine": "sqlserver", "database": "clinic", "user": "kedge",
      "password": { "file": "/etc/kedge/mssql" },
      "exchange": { "server": "/srv/exchange", "here": "/srv/exchange" }
    }
  }

Der Server schreibt seine Sicherungen in den Ordner "server" und liest sie dort; "here" ist, wie Kedge denselben Ordner nennt.
Beide müssen darin schreiben können. Nach dem Protokoll getestet; noch nicht mit Microsofts Server gelaufen.

## Was zurückkommt
  kedge restore plan latest --only db
  kedge restore run latest --only db
  kedge restore run latest --table db.visit
  kedge restore run latest --table db.visit --beside

- die ganze Datenbank; einzelne Tabellen von PostgreSQL und MariaDB, wie sie waren
- einzelne Tabellen unter einem eigenen Namen, zum Herauskopieren: --beside; von SQL Server nur so
- keine einzelnen Zeilen, kein Zusammenführen und kein Zeitpunkt zwischen zwei Sicherungen

Geladen und gezählt wird in einer neuen Datenbank neben der in Betrieb, während die Anwendung läuft. Dann stoppen die Dienste,
nur der Server nicht; wer verbunden ist, wird getrennt, die beiden tauschen die Plätze, und die Dienste starten. Werden sie
nicht gesund, kommt die alte von selbst zurück.

## Ein ganzer Server
  "sources": {
    "pg": {
      "engine": "postgres-server", "data": "/var/lib/postgresql/15/main",
      "user": "kedge"
    },
    "maria": {
      "engine": "mariadb-server", "data": "/var/lib/mysql", "user": "kedge"
    }
  }

Alle Datenbanken mit Konten und Einstellungen, als Datenordner des Servers; Differenzsicherungen haben einzelne Seiten. Bevor
etwas stoppt, wird auf der Kopie ein Server gestartet, der alles liest. Dann stoppen die Dienste, auch der Server, und die
Ordner tauschen die Plätze. Der Server ist dafür ein Dienst mit der Rolle "database", und der alte Ordner
liegt zum Rückgängigmachen daneben. Nötig sind dieselbe Reihe des Servers (PostgreSQL ab 15) und so viel Arbeitsplatz, wie der Ordner groß ist; bei MariaDB
auch mariadb-backup. Um ihn zurückzubringen, muss Kedge den Ordner seinem Besitzer geben können: dafür sorgt kedge install. Einzelne
Datenbanken und Tabellen kommen nur aus eigenen Quellen.

## Rückgängig machen
  kedge undo list
  kedge undo run
  kedge undo remove ID --forget

Die alte Datenbank bleibt 7 Tage im Server, unter einem Namen mit "__kedge_undo_", und braucht dort Platz. --forget (F im
Bildschirm Wiederherstellen) ist für einen Server, den es nicht mehr gibt; eine
Wiederherstellung, die ein solcher Server unfertig gelassen hat, beendet
  kedge recovery give-up 12

## Probe
  kedge drill latest

stellt sie in ihrem Server unter einem Namen mit "__kedge_drill_" wieder her, zählt die Zeilen jeder Tabelle und verwirft sie.
Wo das Konto das nicht darf oder der Platz fehlt, steht dabei, was nicht belegt ist.

## Ihr Dienst
  kedge service clients database

Wer verbunden ist, wird gezeigt, wo ein Dienst mit der Rolle "database" sagt, welcher Server er ist (kedge help services).

## Ohne Kedge
  tar --zstd -xf FILE.tar.zst
  createdb clinic && pg_restore -d clinic db/dump
  for f in db/tables/*.sql; do mariadb clinic < "$f"; done

"db" ist der Name der Quelle; db/views.sql und db/code.sql folgen ebenso. Bei SQL Server ist es RESTORE DATABASE aus db/full.bak.
`;

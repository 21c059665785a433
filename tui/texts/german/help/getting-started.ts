export const gettingStarted = `
Kedge sichert die Anwendung auf einem Server, stellt sie wieder her und bringt sie wieder in Gang: Datenbanken, Ordner mit
hochgeladenen Dateien, Einstellungen und Dienste.

## Ohne Risiko ausprobieren
  kedge demo

Eine kleine Praxis mit echten Diensten, einer Datenbank, in die ständig geschrieben wird, und Unfällen zum Anrichten. Sie
liegt in einem eigenen Ordner; "q" fragt, ob sie beendet werden soll. Ihre Befehle in einer anderen Shell:
  KEDGE_HOME=~/.local/state/kedge-demo kedge status

## Die eigene Anwendung schützen
  kedge init /srv/app

Dort wird nach SQLite-Datenbanken, Ordnern mit hochgeladenen Dateien und Einstellungen gesucht, auf dem Rechner nach Datenbankservern; nach einigen Fragen
entstehen eine kommentierte Konfiguration und die erste geprüfte Vollsicherung. Auf einem Server, wo alles von selbst laufen
soll:

  sudo kedge install

## Die Oberfläche
  kedge

Die Tasten 1 bis 8 sind die acht Ansichten. ":" findet jeden Befehl nach einem Teil seines Namens, "?" jede Taste, die
gerade gilt, Strg+P jede Sicherung, jeden Job, Dienst und Zeitplan. Enter öffnet, Esc geht zurück, "q" schließt das Fenster:
Kedge und seine Jobs laufen weiter.

## Die sechs Aufgaben
- Jetzt sichern: "b", oder  kedge backup create --name 'before update'
- Von selbst: Ansicht 4, oder  kedge schedule set nightly --full 'daily 02:00' --delete-older-than '30 days'
- Gestern zurückholen: Ansicht 3, oder  kedge restore run --at 'yesterday 18:00'
- "Es hängt": "R", oder  kedge service reset --retry
- Weg von diesem Server: ":" und "Eine Sicherung herunterladen", oder  kedge backup download latest --to /mnt/usb
- Ist auf die Sicherungen Verlass: Ansicht 1, oder  kedge status  und  kedge drill latest

Was nicht stimmt, warum das wichtig ist und was es behebt, sagt kedge doctor.
`;

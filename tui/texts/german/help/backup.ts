export const backup = `
## Jetzt
  kedge backup create
  kedge backup create --name 'before update' --to /mnt/usb
  kedge backup create --differential
  kedge backup create --dry-run

In der Oberfläche "b": ein Name, ein Ziel, Enter. Wie groß es wird, wie lange es dauert und ob es passt, steht unter dem
Formular. Ohne Namen heißt die Datei nach Anwendung und Zeit; "--to" nimmt ein Ziel nach seinem Namen oder irgendeinen
Ordner.

## Voll und differenziell
Eine Vollsicherung enthält alles. Eine Differenzsicherung enthält, was sich seit der letzten guten Vollsicherung geändert hat,
von Datenbanken Seite für Seite, und braucht zum Wiederherstellen diese Vollsicherung. Fehlt diese oder ist sie beschädigt,
wird die nächste Differenzsicherung eine Vollsicherung und sagt, warum.

## Was darin ist
Eine Datei je Sicherung, .tar.zst, die jedes Linux ohne Kedge auspackt (kedge help files). Eine Quelle, die sich nicht lesen
ließ, wird als Lücke genannt; alles andere wird trotzdem gesichert. Rückgabewert 3 sagt das, und ebenso Liste und Ansicht.

## Während die Anwendung läuft
SQLite wird in einer einzigen Transaktion gelesen: Geschrieben werden darf weiter, und das Bild ist ein abgeschlossener
Stand. Datenbanken in Servern: kedge help databases. Eine hochgeladene Datei, die sich beim Lesen ändert, wird noch einmal gelesen. Was stillhalten muss, hält "quiesce" in
der Konfiguration an: ein Hook, oder Dienste, die für die Aufnahme gestoppt werden.

## Geprüft, belegt
Jede Sicherung wird gleich danach zurückgelesen, jedes Stück und jede Datenbank darin: geprüft. Eine Probe stellt sie in
einem Arbeitsordner wieder her, sieht sie durch und wirft ihn weg: belegt. Beides geschieht von selbst, wenn es ruhig ist.

  kedge backup verify latest
  kedge drill latest

## Vor einer riskanten Änderung
  kedge checkpoint 'before 4.3 update' -- ./update.sh

Ein Prüfpunkt ist eine angeheftete, geprüfte Sicherung. Der Befehl hinter "--" läuft erst, wenn sie ganz ist.

## Hineinsehen
  kedge backup browse latest uploads
  kedge backup extract latest uploads/scan.pdf --to /tmp/out
  kedge backup diff OLD NEW --rows

Aus einem beschädigten Archiv holt  kedge backup salvage FILE --to FOLDER  alles heraus, was ganz ist.
`;

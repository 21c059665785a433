export const recover = `
Aus den Archiven allein: ohne Konfiguration, ohne Aufzeichnungen, mit anderen Pfaden, als anderer Benutzer.

  kedge recover /mnt/usb --plan
  kedge recover /mnt/usb
  kedge recover /mnt/usb --map /srv/clinic=/data/clinic --owner clinic=app --destination local=/mnt/usb

Angegeben werden Archive oder Ordner mit solchen; genommen wird die neueste ganze Sicherung, mit --at eine ältere. --plan
rührt nichts an und führt auf, was hier fehlt: Programme, die Dienste nennen, Benutzer, eingehängte Laufwerke, Werkzeuge, der
Wiederherstellungsschlüssel.

- --map OLD=NEW verlegt, was in OLD lag, auch in der Konfiguration und in Befehlszeilen
- --owner OLD=NEW, für Gruppen :OLD=:NEW; --owners me gibt alles dem eigenen Benutzer
- --destination NAME=FOLDER sagt, wo ein Ziel auf diesem Rechner ist
- --replace legt beiseite, was schon da ist, als Rücknahme

Verschlüsselte Archive öffnen --recovery-key oder --passphrase; danach wird gefragt, oder es kommt von der Standardeingabe.

Daten werden neben ihrem Platz ausgepackt, geprüft und dann dorthin geschoben; darauf wird die Konfiguration geschrieben, und
die Dienste starten einer nach dem anderen. Rückgabewert 3 sagt, dass nicht alle laufen. Bis die Konfiguration geschrieben
ist, lässt ein Fehler nichts zurück; nach einer Unterbrechung macht derselbe Befehl weiter.

Die Konfiguration in einem Archiv nennt Befehle, und sie werden gestartet: nur aus Archiven aufbauen, auf die Verlass ist.
--plan zeigt die Befehle vorher.

## Bevor es gebraucht wird
  kedge report --runbook

Eine Seite zum Ausdrucken: wo die Sicherungen liegen, welcher Schlüssel sie öffnet, wie mit Kedge und ohne es alles neu
aufgebaut wird.
`;

export const troubleshooting = `
  kedge doctor

sieht nach Kedge, Konfiguration, Rechten, Diensten, Sicherungen, Zielen, Platz, Schlüsseln, Alarmen, Uhr, Werkzeugen und diesem
Terminal, und sagt, was nicht stimmt, warum das wichtig ist und welcher Befehl es behebt. Es ändert nichts und geht auch, wo kein
Kedge antwortet.

## Kedge ist nicht erreichbar (Rückgabewert 4)
  systemctl status kedge
  journalctl -u kedge -n 50

Nicht als Dienst installiert: kedge daemon in einem anderen Terminal sagt, warum es nicht startet. Die Oberfläche bleibt offen,
zeigt, was sie zuletzt wusste, und versucht es von selbst wieder.

## Eine Sicherung schlug fehl
Ansicht 6, Enter auf dem Job: sein Protokoll und der Grund. Ist er behoben, ":" und "Einen Job noch einmal versuchen", oder  kedge job retry 12.

## Die Platte ist voll
  kedge space

sagt, was weg kann und was es bringt. Jobs, die keinen Platz finden, lassen nichts zurück.

## Ein Dienst kommt nicht hoch
Ansicht 5 sagt, warum, und zeigt seine letzten Zeilen; "R" plant einen Reset. Nach einer Wiederherstellung, die nicht gesund
wurde, ist der alte Stand schon zurück.

## Eine Sicherung ist beschädigt
Sie wird abgelehnt, bevor etwas angerührt wird. Andere stehen daneben in der Liste; was in ihr ganz ist, holt
  kedge backup salvage FILE --to FOLDER

## Nach einem Stromausfall mitten in einer Wiederherstellung
Kedge entscheidet nach seinem Journal und bringt sie zu Ende oder nimmt sie zurück, ohne Frage. Bis dahin bleiben die Units der
Anwendung aus.

## Der Bildschirm sieht zerstört aus
Das Fenster größer oder kleiner zu ziehen zeichnet alles neu. LANG muss UTF-8 nennen, damit Linien Linien sind; NO_COLOR=1 nimmt
die Farben weg.

## Hilfe aus der Ferne
  kedge support --out /tmp/

packt Versionen, die Konfiguration ohne Geheimnisse, Befunde, Jobs und Protokolle in eine Datei; zuerst wird gezeigt, was darin ist.
`;

export const exitCodes = `
  0    ok
  1    fehlgeschlagen
  2    die Befehlszeile ist falsch
  3    vollständig mit benannten Lücken
  4    Kedge ist nicht erreichbar
  5    abgelehnt
  6    nicht gefunden
  7    beschäftigt, oder nicht rechtzeitig fertig
  8    ein beschädigtes Archiv, oder die Vollsicherung einer Differenzsicherung fehlt
  9    zurückgerollt: es ist, wie es vorher war
  10   kein Platz
  130  abgebrochen

"kedge checkpoint NAME -- COMMAND" antwortet mit dem Rückgabewert von COMMAND, mit 128 + n nach Signal n.

## In Skripten
--json gibt einen JSON-Wert auf der Standardausgabe aus; Anmerkungen und Fortschritt gehen auf die Standardfehlerausgabe. Ein
Fehler ist
  { "error": { "code", "params", "message", "hint" } }

Codes bleiben, Wörter können sich ändern.

  kedge backup create --json | jq -r .job.state.result.backup.path
  kedge status --json

--detach startet einen Job und gibt seine Nummer aus; kedge job show 12 --follow wartet auf ihn. Wo jemand gefragt würde, muss
die Option angegeben sein, die antwortet (--yes, --confirm TEXT): ohne Terminal wird auf niemanden gewartet.

Das erste Strg+C bittet einen Job aufzuhören, das zweite lässt ihn weiterlaufen.
`;

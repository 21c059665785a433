export const alarms = `
Ein Problem, das eine Minute bleibt, ist ein Alarm: ein Lauf, der nach allen Versuchen fehlschlug, anderthalb Perioden eines
Zeitplans lang keine gute Sicherung, eine beschädigte Sicherung, eine nicht bestandene Probe, ein gestörter Dienst, ein Ziel,
das offline ist, eine Platte, die voll wird, ein fehlender Schlüssel, eine Uhr, die sprang. Er steht unter PROBLEME und in der
Statusleiste, bis er behoben ist.

  kedge alarm list
  kedge alarm acknowledge 12
  kedge alarm test

"acknowledge" ("a" unter PROBLEME) sagt, dass er gesehen wurde.

## Wem er gemeldet wird
"alarms.routes" in der Konfiguration: ein Befehl, ein mit HMAC signierter Webhook, Mail über SMTP, oder ein Ping. Jeder
Weg meldet einmal, wenn ein Alarm beginnt, und einmal, wenn er behoben ist; was fehlschlägt, wird einen Tag lang wiederholt und
von den anderen gemeldet. Ein Server, der weg ist, meldet niemandem etwas: Dafür gibt es den Ping, dessen Ausbleiben am anderen
Ende der Alarm ist.

"alarm test" probiert jeden Weg und sagt, was jeder geantwortet hat. Geheimnisse sind Verweise auf eine Datei, eine Variable
oder ein Credential von systemd; in der Konfiguration selbst stehen sie nie.

## Berichte und Messwerte
  kedge report --days 30
  kedge report --runbook
  kedge metrics

Die Messwerte haben das Textformat von Prometheus; "metrics" in der Konfiguration stellt sie auf 127.0.0.1 bereit oder schreibt
sie in eine Datei. "viewers" öffnet einen zweiten Socket für alle, die nur ansehen.
`;

export const schedules = `
  kedge schedule set nightly --full 'daily 02:00' --differential 'every 4 hours' --delete-older-than '30 days'
  kedge schedule preview nightly --full 'weekly sunday 02:00'
  kedge schedule show nightly

In Ansicht 4 öffnet "c" das Formular, und "e" ändert den ausgewählten Zeitplan. Was er bedeutet, seine nächsten zehn Läufe
und was jetzt gelöscht würde, steht daneben, bevor etwas gespeichert wird.

## Wann
- --full 'daily 02:00', 'weekly sunday 02:00', 'monthly 1 02:00', oder --cron '0 2 * * 1-5'
- --differential 'every 4 hours' zählt ab der Vollsicherung und weicht der nächsten
- --not-between '08:00-18:00 mon-fri' hält Läufe zurück, bis diese Stunden vorbei sind
- --zone Europe/Berlin; ohne das gilt die Zeitzone dieses Servers

Ein Lauf je Tag, Woche oder Monat nach Ortszeit, was auch immer die Uhr tut: Eine Zeit, die im Frühjahr ausfällt, kommt gleich
nach der Lücke dran, eine, die im Herbst zweimal kommt, nur einmal.

## Wenn etwas dazwischenkommt
Nach einem Ausfall holt ein Lauf alle verpassten nach (--if-missed run, skip oder ein Alter). Ein fehlgeschlagener Lauf wird
nach 5, 15 und 45 Minuten wiederholt (--retries). Einer, der länger dauert als --deadline Stunden, wird abgebrochen und gilt
als fehlgeschlagen.

  kedge schedule skip nightly
  kedge schedule pause nightly
  kedge schedule run nightly --kind full

## Der Monat
  kedge calendar

Läufe mit ihrem Ergebnis, was noch kommt, Sicherungen von Hand, Prüfungen und Proben, Tag für Tag. Dasselbe zeigt ":" und
"Kalender zeigen".
`;

export const retention = `
Nichts wird gelöscht, bis eine Regel es sagt.

  kedge schedule set nightly --delete-older-than '30 days' --keep last=7,weekly=4,monthly=12
  kedge retention preview
  kedge retention run

- "delete older than" lässt gehen, was älter ist
- "keep" nennt, was trotzdem bleibt: die letzten so vielen, und die neueste jedes Tages, jeder Woche, jedes Monats, jedes Jahres
- "maxBytes" eines Ziels nimmt die ältesten, bis die anderen passen

Die Vorschau sagt von jeder Sicherung, ob sie bleibt oder geht, warum, und bis wann.

## Nie durch eine Regel
Die neueste gute Vollsicherung, eine Vollsicherung, die eine Differenzsicherung noch braucht, was angeheftet ist, von Hand
gemacht, ein Prüfpunkt, in Gebrauch, von einer anderen Installation, oder noch nicht im zweiten Ziel. Nichts geht, solange der
letzte Lauf fehlschlug, ein Ziel offline ist, oder einen Tag lang, nachdem die Uhr gestellt wurde.

## Der Papierkorb
Was geht, liegt 7 Tage im Papierkorb seines Ziels ("trashDays").

  kedge trash list
  kedge trash restore 0f3a9c1e
  kedge trash empty

## Anheften
  kedge backup pin latest --reason 'end of the year'
  kedge backup unpin ID

## Umgezogene oder kopierte Rechner
Kedge merkt, dass es auf einem anderen Rechner läuft, löscht nichts nach einer Regel, und fragt: kedge installation moved, oder
kedge installation copy.
`;

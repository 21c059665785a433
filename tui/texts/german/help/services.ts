export const services = `
  kedge service list
  kedge service reset --dry-run
  kedge service reset --retry
  kedge service logs host --follow

"Es hängt": "R" zeigt in der Oberfläche den Plan eines Resets, seine Reihenfolge, was ihm im Weg steht und wie lange er
dauert. Gestoppt wird erst nach Zustimmung.

## Gesund
Ein Dienst ist gesund, wenn sein Manager sagt, dass er läuft, alle seine Abfragen rechtzeitig antworten (HTTP, TCP, SQLite,
SQL, Platte) und er eine Weile derselbe Prozess bleibt. Ansicht 5 sagt von jedem, warum er es nicht ist, mit seinen letzten
Zeilen.

  kedge service history

## Reset
Dienste werden gegen die Reihenfolge von "dependsOn" gestoppt und mit ihr gestartet; jeder muss aus sein, dann gesund, bevor
der nächste drankommt. --sick nimmt nur die gestörten, Namen nehmen nur die genannten, --retry wiederholt, was vorher
fehlschlug. Am Ende steht FERTIG, oder was nicht hochkam (EINGESCHRÄNKT) und was zurückgestellt wurde.

Hält einer nicht rechtzeitig an, ist das eine Frage, nie eine Vermutung: länger warten, seine Clients beenden, sein Ende
erzwingen, oder Gestopptes wieder starten. Bei einer Datenbank wird das Ende nur erzwungen, wenn ihr Name eingegeben wird. Von
anderswo:

  kedge service answer 12 wait

Ein Reset wird abgelehnt, solange eine Wiederherstellung Daten austauscht. Arbeitet ein anderer Job, wird gefragt, was aus ihm
wird; auf der Befehlszeile bricht --cancel-job ihn vorher ab, und --wait-job setzt zurück, wenn er zu Ende ist. Dasselbe gilt
für Start, Stopp und Neustart eines einzelnen Dienstes, und für "kedge job retry" eines Resets.

## Von selbst
  "autoReset": { "afterSeconds": 120 }

in den Einstellungen eines Dienstes setzt ihn zurück, wenn er gestört bleibt; ohne diese
Angabe geschieht das nicht.

## Datenbanken
  kedge service clients database
  kedge service shut-out database
  kedge service let-in database

Das geht bei Diensten, die sagen, welches PostgreSQL, MariaDB, MySQL oder welcher SQL Server in ihnen läuft:
  "database": { "engine": "postgres", "user": "kedge", "name": "clinic" }
`;

export const restore = `
  kedge restore plan latest
  kedge restore run latest
  kedge restore run --at 'yesterday 14:00'
  kedge restore run /mnt/usb/clinic.tar.zst

Zuerst kommt ein Plan: was ersetzt wird, welche Zeilen und Dateien neuer sind und verloren gingen, wer verbunden ist, wie
lange die Dienste ausfallen, wie viel Platz nötig ist. Er rührt nichts an. Die Wiederherstellung verlangt dann, dass der Name
der Anwendung eingegeben wird.

--at nimmt einen Zeitpunkt, oder einen Tag für dessen Ende; auch "gestern 14:00", und Tage des persischen Sonnenkalenders,
1405-08-29.

## Was neuer ist
- verwerfen, wie es in der Sicherung ist: nichts hinzufügen
- behalten: --keep-newer holt nur zurück, was weg ist oder abweicht
- nicht anrühren: --elsewhere FOLDER packt aus und prüft, und stoppt keinen Dienst

## Nur einen Teil
- eine Quelle, einen Ordner oder eine Datei: --only uploads, --only uploads/2026
- eine Tabelle oder eine Zeile von SQLite: --table database.patients, --row database.patients=17
- eine Tabelle einer Datenbank in einem Server: --table database.patients; mit --beside unter eigenem Namen, zum Herauskopieren

In Ansicht 3 werden dieselben Fragen eine nach der anderen gestellt.

## Was geschieht, in dieser Reihenfolge
Eine Schutzsicherung von dem, was in Betrieb ist; auspacken und prüfen neben den Daten in Betrieb; Dienste stoppen; was in
Betrieb ist, als Rücknahme beiseitelegen; durch Umbenennen austauschen; Dienste starten und als gesund nachweisen. Werden sie
nicht gesund, kommt der alte Stand von selbst zurück. Nach Absturz, Stromausfall oder getrennter Leitung bringt Kedge es von
selbst zu Ende oder nimmt es zurück: alter oder neuer Stand, nie ein Gemisch. Das Fenster zu schließen hält nichts an.

## Rückgängig machen
  kedge undo list
  kedge undo show
  kedge undo run

Was vorher in Betrieb war, bleibt 7 Tage; auch eine Rücknahme lässt sich zurücknehmen. In der Oberfläche "u" in Ansicht 3.

## Zu wenig Platz
Der Plan rechnet Auspacken und Rücknahme mit. --staging FOLDER und --safety-to FOLDER nehmen eine andere Platte;
--without-safety-backup und --without-undo gehen weiter, und jedes verlangt, dass seine Wörter eingegeben werden.
`;

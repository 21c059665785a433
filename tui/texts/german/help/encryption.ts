export const encryption = `
  kedge key create
  kedge key status
  kedge key check

"key create" zeigt einen Wiederherstellungsschlüssel, ein einziges Mal. Ihn aufschreiben oder drucken und zurücktippen: Erst
wenn sich mit dem Eingegebenen ein Probearchiv öffnen ließ, ist die Verschlüsselung ein. Von da an wird jede Sicherung (mit
age) für diesen Schlüssel und für einen eigenen dieses Servers verschlüsselt, so dass zum Prüfen, zum Wiederherstellen und für
Differenzsicherungen niemand etwas eingeben muss.

## Was wann verloren ist
- Der Server oder sein Schlüssel: den Wiederherstellungsschlüssel angeben. kedge restore run FILE --recovery-key, oder kedge recover.
- Der Wiederherstellungsschlüssel, und der Server ist noch da: kedge key create --replace. Ältere Sicherungen öffnet der Schlüssel des Servers.
- Beide: Die Sicherungen sind verloren. Niemand kann sie öffnen. Den Wiederherstellungsschlüssel fern von diesem Server aufbewahren.

Nach 180 Tagen erinnert Kedge daran, mit "key check" nachzuweisen, dass er noch da ist.

## Anderes
- kedge backup create --passphrase verschließt eine einzelne Sicherung mit einer Passphrase und mit nichts anderem
- "writeOnly": true behält hier keinen Schlüssel: Wer diesen Server übernimmt, kann seine Sicherungen nicht lesen

Schlüssel und Passphrasen sind nie Argumente und stehen in keinem Protokoll. Eingegeben werden sie in einer Shell, nicht in der
Oberfläche.

## Ohne Kedge
  age -d -i recovery-key.txt FILE.tar.zst.age | tar --zstd -x

Verschlüsselung verbirgt, was in einer Sicherung ist, nicht ihre Größe, ihre Zeit und den Namen der Anwendung im Dateinamen.
`;

export const destinations = `
Ein Ziel ist ein Ordner mit einer Markierung von Kedge: auf einer Platte, einem Laufwerk oder einer eingehängten Freigabe. Ein
Ordner ohne die Markierung gilt als nicht eingehängt: Nichts wird dorthin geschrieben und nichts als fehlend geführt.

  kedge destination prepare usb

markiert den Ordner eines Ziels, das in der Konfiguration steht.

## Ein Laufwerk, das kommt und geht
Mit "removable": true und einem "label" ist ein fehlendes Laufwerk kein Fehler. Seine Sicherungen bleiben in der Liste, mit
ihrem Ort und wann das Laufwerk zuletzt da war.

  kedge backup copy latest usb
  kedge backup move --older-than '1 month' usb
  kedge backup import /mnt/old-server local

Eine Kopie wird am anderen Ende zurückgelesen und verglichen, bevor beim Verschieben etwas gelöscht wird; Vollsicherungen
nehmen ihre Differenzsicherungen mit. Nach einer Unterbrechung macht derselbe Befehl weiter. "copyTo" in einem Zeitplan kopiert
jede gute Sicherung von selbst.

## Weg von diesem Server, und zurück
  kedge backup download latest --to /mnt/usb
  kedge backup upload clinic.tar.zst

Heruntergeladenes wird nach SHA-256 verglichen, bevor es seinen Namen bekommt. Hochgeladenes wird geprüft, bevor es in der
Liste steht; Archive anderer Installationen sind willkommen.

## Platz
  kedge space

Was wie viel belegt, wann die Platte voll ist, und was weg kann. Weniger als 14 Tage sind eine Warnung, weniger als 3 ein
Fehler.
`;

export const install = `
  sudo kedge install --config kedge.jsonc --dry-run
  sudo kedge install --config kedge.jsonc
  sudo kedge uninstall --dry-run

Der Probelauf zeigt jede Datei und jeden Befehl mit seinem Grund. Danach läuft Kedge als Systembenutzer "kedge" in einer
abgesicherten Unit, mit nicht mehr Rechten, als die Quellen verlangen.

- Programm: /opt/kedge/VERSION, Befehl: /usr/local/bin/kedge
- Konfiguration: /etc/kedge/kedge.jsonc, Aufzeichnungen: /var/lib/kedge, Socket: /run/kedge/kedge.sock
- Handbuchseite und Vervollständigung für bash, zsh und fish unter /usr/local/share
- eine polkit-Regel für genau die konfigurierten Units

Was von anderen dort liegt, wohin Kedge schreibt, bleibt als NAME.kedge-old.

## Danach
Nach einer Änderung von Quellen, Zielen oder Units: wieder sudo kedge install. Wo alles stimmt, ändert es nichts.

## Aktualisieren
Derselbe Befehl aus dem neueren Paket. Er wartet auf laufende Jobs (--wait-for-jobs SECONDS), hebt eine Kopie der
Aufzeichnungen auf und geht zur alten Version und dieser Kopie zurück, wenn die neue nicht in 60 s antwortet (Rückgabewert 9).

## Entfernen
"uninstall" lässt Sicherungen, Konfiguration, Aufzeichnungen und den Benutzer da und nennt sie. --purge nimmt alles außer den
Sicherungen und verlangt, dass der Name der Anwendung eingegeben wird.

## Ohne Installation
Alles liegt in $KEDGE_HOME, wo das gesetzt ist, sonst in ~/.config/kedge und ~/.local/state/kedge. "kedge daemon" läuft im
Vordergrund. Vervollständigung ohne Installation:

  source <(kedge completion bash)
`;

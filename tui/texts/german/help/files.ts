export const files = `
## Eine Sicherung ohne Kedge
  tar --zstd -xf clinic_2026-11-21T02-00-00+0330_full.tar.zst
  sha256sum -c .kedge/SHA256SUMS

Als root dazu -p --numeric-owner --xattrs --xattrs-include='*' --acls. Eine verschlüsselte endet auf .age:

  age -d -i recovery-key.txt FILE.tar.zst.age | tar --zstd -x

Eine Differenzsicherung allein enthält neue und kleine geänderte Dateien; die Prüfsummen nennen dann, was die Vollsicherung
braucht. Jedes Archiv sagt in .kedge/README.txt, wie es von Hand wiederherzustellen ist.

## Was darin ist
- SOURCE/PATH: die Dateien, wie sie waren
- .kedge/application.jsonc: die Konfiguration, ohne Geheimnisse
- .kedge/SHA256SUMS, .kedge/index, .kedge/README.txt

Ein Dateiname sagt Anwendung, Ortszeit mit ihrem Abstand zu UTC, und full oder diff; eine benannte Sicherung hat ihren Namen.

## Wo was liegt
- installiert: /etc/kedge/kedge.jsonc, /var/lib/kedge, /run/kedge/kedge.sock
- sonst: $KEDGE_HOME, oder ~/.config/kedge/kedge.jsonc und ~/.local/state/kedge
- in einem Ziel: Archive, .kedge-store.json (die Markierung), .kedge-trash (Gelöschtes)
- von diesem Fenster: ~/.local/state/kedge/workbench.json

Im Ordner der Aufzeichnungen darf catalogue.sqlite gelöscht werden: es entsteht neu aus den Archiven. state.sqlite und journal/
dürfen es nicht.

## Die Konfiguration
JSON mit Kommentaren; sie überstehen jede Änderung, die Kedge macht. Eine gültige Änderung gilt sofort; eine ungültige lässt die
letzte gute in Kraft und steht mit ihrer Zeile unter PROBLEME.

  kedge config edit
  kedge config check new.jsonc
`;

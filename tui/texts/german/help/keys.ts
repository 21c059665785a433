export const keys = `
"?" führt jede Taste auf, die gerade gilt, und führt die gewählte aus. Kein Befehl braucht eine Taste mit Strg oder Alt: Alle
stehen in der Befehlsliste (":").

## Überall
- 1 bis 8: die Ansichten. Beim Tippen Alt+1 bis Alt+8
- : oder F1: Befehle. Strg+P: zu einer Ansicht, einer Sicherung, einem Job, Dienst oder Zeitplan
- b: jetzt sichern. R: Plan eines Resets. C: Prüfpunkt
- Enter öffnet oder drückt, Esc geht zurück, Tab und Umschalt+Tab gehen durch Felder, Knöpfe und Listen
- Pfeile, Bild auf, Bild ab, Pos1, Ende, oder j k g G, bewegen sich in einer Liste
- ]: der Bereich mit Jobs, Protokoll, Problemen und Befehlen; { und } seine Reiter; F6 hinein und zurück
- m oder . oder ein Rechtsklick: was mit der ausgewählten Zeile möglich ist, jedes mit seiner Taste. N: frühere Meldungen
- Strg+K beginnt eine Folge; was folgen kann, erscheint nach einem Augenblick. Strg+K r: Lesemodus ein oder aus
- %: Maus ein oder aus. Strg+Z: in die Shell, fg kehrt zurück
- Strg+R: sofort neu verbinden. q: das Fenster verlassen; Kedge und seine Jobs laufen weiter

## Welche Taste was tut
In "?" einen Teil einer Taste oder ihrer Wirkung eingeben. "?" dort (oder Alt+K überall) fragt nach einer Taste: irgendeine
drücken und sehen, was sie hier und anderswo bewirkt.

## Eigene Tasten
":" und "Tastenbelegung öffnen" (Strg+K Strg+S) bearbeitet ~/.config/kedge/keybindings.json, in der Form, die VS Code hat:
  [
    { "key": "ctrl+k x", "command": "view.jobs" },
    { "key": "q", "command": "-quit" }
  ]
Die letzte zutreffende Regel gilt, "-" nimmt eine Vorgabe weg, "when" sagt, wo sie gilt. Was falsch ist, wird mit seiner Zeile
genannt, und der Rest gilt sofort. "Vorgegebene Tastenbelegung öffnen" hat alle Vorgaben zum Abschreiben, "Konflikte der Tasten
zeigen" sagt, was die eigenen Regeln anderen antun. Strg+Tab, Strg+Enter und Strg mit Ziffern erreichen nie ein Programm in
einem Terminal und werden mit Namen abgelehnt.

## Einstellungen der Oberfläche
Ansicht 8, dann i: Farbschema, Sprache, Maus, Lesemodus und alles andere; sie stehen in ~/.config/kedge/settings.jsonc.

## Dialoge
Abbrechen steht immer zuerst und hat den Fokus. Die schwersten verlangen einen Namen, damit keine Gewohnheit der Hand sie
beantwortet.

## Maus
Ein Klick wählt aus, ein zweiter auf dieselbe Zeile öffnet; Knöpfe, Reiter, die Namen der Ansichten und die Türen in der
untersten Zeile nehmen Klicks, das Rad blättert. Um Text mit der Maus zu markieren, Umschalt halten oder die Maus mit "%"
ausschalten.

## Terminals
NO_COLOR, TERM, LANG und die Größe des Fensters werden beachtet; 40x10 ist das Mindeste. --theme, --ascii, --reduced-motion,
--language, --screen-reader, --no-mouse und --read-only gelten für ein Fenster, Ansicht 8 für alle. Was dieses Terminal kann,
sagt kedge doctor.
`;

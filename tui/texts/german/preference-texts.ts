import type { Words } from '../language.ts';

export const preferenceTexts: Words['preferences'] = {
  theme: {
    title: 'Farbschema',
    summary: 'Farben dieses Fensters.',
    choices: {
      terminal: 'die Farben des Terminals',
      dark: 'dunkel',
      light: 'hell',
      'high-contrast': 'hoher Kontrast',
    },
  },
  language: {
    title: 'Sprache',
    summary:
      'Aller Ansichten und der Hilfe. Sonst bleibt die Befehlszeile englisch, denn Skripte lesen sie.',
    choices: { auto: 'wie das System', en: 'English', de: 'Deutsch', fa: 'فارسی' },
  },
  rtl: {
    title: 'Von rechts',
    summary:
      'Wer Buchstaben von Sprachen wie Persisch ordnet und verbindet. Zweimal geordnet ist wieder falsch.',
    choices: {
      auto: 'wie von diesem Terminal bekannt',
      terminal: 'das Terminal',
      kedge: 'Kedge',
    },
  },
  ascii: {
    title: 'Nur ASCII',
    summary: 'Zeichnet mit einfachen Zeichen, für Terminals ohne Linien.',
    choices: { auto: 'wie das Terminal es kann' },
  },
  screenReader: {
    title: 'Vorlesen',
    summary: 'Einfache Zeilen zum Vorlesen statt eines Rasters. Gilt ab dem nächsten Start.',
    choices: { auto: 'wie INK_SCREEN_READER sagt' },
  },
  reducedMotion: {
    title: 'Weniger Bewegung',
    summary:
      'Was sich von selbst bewegt, wie Fortschritt und Sekunden, ändert sich höchstens alle zwei Sekunden.',
  },
  mouse: { title: 'Maus', summary: 'Klick und Rad; aus, markiert das Terminal selbst Text.' },
  readOnly: {
    title: 'Nur lesen',
    summary: 'Beginnt im Lesemodus: alles wird gezeigt, nichts geändert oder gestartet.',
  },
  confirmations: {
    title: 'Nachfragen vor',
    summary: 'Gefährliches fragt immer nach. Hier lässt sich nur mehr davon fragen.',
    choices: { safe: 'Gefährlichem', always: 'allem, was etwas ändert' },
  },
  clipboard: {
    title: 'Zwischenablage',
    summary:
      'Kopiert in die Zwischenablage des Terminals (OSC 52); aus, wird der Text nur gezeigt.',
  },
  terminalTitle: {
    title: 'Fenstertitel',
    summary: 'Nennt dem Terminal die Anwendung und was Aufmerksamkeit verlangt.',
  },
  escapeTimeoutMs: {
    title: 'Warten nach Esc',
    summary: 'Millisekunden, bis Esc allein gilt; mehr auf stockenden Leitungen.',
  },
  chordTimeoutMs: {
    title: 'Warten auf Folge',
    summary: 'Millisekunden, die die erste von zwei Tasten auf die zweite wartet.',
  },
  whichKeyDelayMs: {
    title: 'Folgende zeigen',
    summary: 'Millisekunden, bis die möglichen folgenden Tasten aufgeführt werden.',
  },
};

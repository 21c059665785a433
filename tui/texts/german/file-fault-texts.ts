import type { Words } from '../language.ts';

export const fileFaultTexts: Words['fileFaults'] = {
  notAnObject: 'die Datei muss ein Objekt enthalten: { ... }',
  notAList: 'die Datei muss eine Liste enthalten: [ ... ]',
  unknownSetting: (name) => `"${name}" ist keine Einstellung der Oberfläche`,
  notValid: 'nicht gültig',
  changed: 'jemand anderes hat inzwischen gespeichert; noch einmal gespeichert, ersetzt dies jenes',
  inFile: (file, first, others) =>
    others === 0 ? `${file}, ${first}` : `${file}, ${first} (und ${others} weitere)`,
  notSaved:
    'Noch nicht gespeichert: Dies ist falsch. Berichtigen, oder den Text so lassen, um aufzugeben.',
  end: '(diese Zeilen verschwinden von selbst)',
  place: (line, message) => `Zeile ${line}: ${message}`,
};

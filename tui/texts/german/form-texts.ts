import type { Words } from '../language.ts';

export const formTexts: Words['forms'] = {
  preferences: 'Einstellungen dieser Oberfläche',
  interfaceGroup: 'Oberfläche',
  columns: {
    group: 'BEREICH',
    title: 'EINSTELLUNG',
    value: 'WERT',
    id: 'SCHLÜSSEL',
    summary: 'WOFÜR',
  },
  empty: ['Hier gibt es nichts einzustellen.'],
  notSet: 'nicht gesetzt',
  preset: (value) => `${value} (Vorgabe)`,
  on: 'an',
  off: 'aus',
  now: 'jetzt',
  unset: 'nicht gesetzt: wie ohne',
  chooses: (count) => `Enter bietet ${count} Werte an.`,
  number: (min, max) => {
    if (min === undefined && max === undefined) return 'Eine Zahl.';
    if (max === undefined) return `Eine Zahl ab ${min}.`;
    return min === undefined ? `Eine Zahl bis ${max}.` : `Eine Zahl von ${min} bis ${max}.`;
  },
  text: 'Ein Text.',
  list: 'Texte, durch Kommas getrennt.',
  json: 'Wie es in der Datei steht (JSON).',
  emptied: ' Leer gelassen ist es nicht gesetzt.',
  kept: (title) => `${title}: gespeichert.`,
  problems: { 'not-a-number': 'das ist keine Zahl', 'not-json': 'das ist kein JSON' },
  commands: {
    preferences: 'Einstellungen der Oberfläche öffnen',
    form: 'Konfiguration als Formular öffnen',
    change: 'Wert ändern',
    keys: 'Zeigen, wie und mit welchen Schlüsseln verschlüsselt wird',
    settingsFile: 'settings.jsonc der Oberfläche öffnen',
  },
  hints: {
    preferences: 'Oberfläche',
    form: 'Formular',
    change: 'ändern',
    back: 'zurück',
    keys: 'Schlüssel',
  },
  buttons: { preferences: 'Oberfläche', form: 'Als Formular', keys: 'Schlüssel' },
  keysPage: {
    title: 'Verschlüsselung',
    create: '"kedge key create" kopieren',
    check: '"kedge key check" kopieren',
    why: 'Schlüssel entstehen und werden eingegeben in einer Shell, wo nichts davon auf dem Bildschirm bleibt.',
  },
};

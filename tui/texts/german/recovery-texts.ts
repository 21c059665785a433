import type { Words } from '../language.ts';

export const recoveryTexts: Words['recovery'] = {
  none: 'Nichts ist halb ausgetauscht: auf keinen Abschluss wird gewartet.',
  head: (job, title, when) => `Abschluss von Job ${job} (${title}, ${when})`,
  stages: {
    untouched: 'Noch wurden keine Daten ausgetauscht.',
    'half exchanged': 'Daten in Betrieb sind vielleicht halb ausgetauscht.',
    exchanged: 'Alle Daten sind ausgetauscht; nur das Ende fehlt.',
  },
  atWork: 'Er läuft.',
  answers: (of) => `${of} antwortet`,
  silent: (of, why) => `Keine Antwort von ${of}: ${why}`,
  wouldLeave: 'Aufgegeben bliebe dort:',
  giveUp: 'Falls dieser Server nie wiederkommt:',
  left: 'Was in aufgegebenen Servern bleibt',
  copySql: 'SQL kopieren',
  giveUpTitle: 'Abschluss aufgeben',
  giveUpButton: 'Aufgeben...',
  consent: (job) => [
    `Der Abschluss von Job ${job} geht ohne die Datenbankserver weiter, die nicht antworten. Was diese Maschine hat, wird bereinigt, und Dienste starten wieder.`,
    'Was in jenen Servern ist, bleibt dort, wie es ist, vielleicht halb ausgetauscht und mit gesperrten Konten. Das Ergebnis nennt alles, mit dem SQL dafür. Das lässt sich nicht zurücknehmen.',
  ],
};

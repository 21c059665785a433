import type { Words } from '../language.ts';
import { counted } from './counted.ts';

export const retentionTexts: Words['retention'] = {
  columns: { verdict: 'Urteil', backup: 'Sicherung', until: 'Bis', because: 'Weil' },
  trashColumns: {
    backup: 'Sicherung',
    went: 'Gelöscht',
    until: 'Endgültig',
    where: 'Wo',
    size: 'Größe',
    why: 'Grund',
  },
  goes: 'geht',
  stays: 'bleibt',
  in: (store) => `nur in "${store}"`,
  summary: (stay, go) => {
    const stays = counted(stay, 'Sicherung bleibt', 'Sicherungen bleiben');
    return go === 0
      ? `${stays}, nichts geht`
      : `${stays}, ${counted(go, 'geht', 'gehen')} in den Papierkorb`;
  },
  none: 'Es gibt keine Sicherungen.',
  took: (number) =>
    number === 0
      ? 'Nichts war zu entfernen.'
      : `${counted(number, 'Sicherung ging', 'Sicherungen gingen')} in den Papierkorb.`,
  runs: 'Was die Regeln freigeben, geht in den Papierkorb seines Ziels.',
  empties: 'Alles im Papierkorb wird endgültig entfernt. Nichts holt es zurück.',
  runConsent: (number) => [
    number === 0
      ? 'Nach den jetzigen Regeln geht nichts.'
      : `${counted(number, 'Sicherung geht', 'Sicherungen gehen')} in den Papierkorb ${number === 1 ? 'ihres Ziels' : 'ihrer Ziele'}.`,
    number === 1
      ? 'Von dort lässt sie sich zurückholen, bis sie abläuft.'
      : 'Von dort lassen sie sich zurückholen, bis sie ablaufen.',
  ],
  emptyTrash: 'Der Papierkorb ist leer.',
  restored: (number) =>
    `${counted(number, 'Sicherung ist', 'Sicherungen sind')} zurück. Die verlangte ist angeheftet; "kedge backup unpin" löst sie.`,
  removed: (number, bytes) =>
    `${counted(number, 'Sicherung wurde', 'Sicherungen wurden')} endgültig entfernt (${bytes}).`,
  trashed: (path, until) =>
    `"${path}" ist gelöscht. Bis ${until} holt "kedge trash restore" sie zurück.`,
  emptyBody: (number, bytes) => [
    `${counted(number, 'gelöschte Sicherung wird', 'gelöschte Sicherungen werden')} endgültig entfernt (${bytes}).`,
    'Nichts holt zurück, was aus dem Papierkorb entfernt ist.',
  ],
  notMoved: 'dies ist der Rechner, auf dem Kedge eingerichtet wurde',
  moved: 'Dies ist dieselbe Installation, ab jetzt auf diesem Rechner.',
  copy: 'Dieser Rechner ist ab jetzt eine eigene Installation. Sicherungen, die der andere gemacht hat, löscht hier keine Regel mehr.',
  pages: {
    retention: 'Was bleibt, was geht',
    trash: 'Papierkorb',
    erase: 'Eine gelöschte Sicherung endgültig entfernen',
    empty: 'Den Papierkorb leeren',
  },
  trashTitle: 'Gelöschte Sicherungen, die sich zurückholen lassen',
  retentionTitle: 'Nach den jetzigen Regeln',
  hints: {
    retention: 'was geht',
    erase: 'entfernen',
    show: 'Einzelheiten',
    trash: 'Papierkorb',
    bringBack: 'zurückholen',
    empty: 'leeren',
    run: 'jetzt gehen lassen',
    back: 'zurück',
  },
};

import type { KeyStatus } from '../../../protocol/methods/key.ts';
import type { Words } from '../language.ts';
import { formatMoment } from '../time.ts';

export const keyTexts: Words['key'] = {
  ask: {
    passphrase: 'Passphrase: ',
    newPassphrase: 'Passphrase dieser Sicherung (niemand kann sie zurückbringen): ',
    again: 'Noch einmal dieselbe: ',
    recoveryKey: 'Wiederherstellungsschlüssel (AGE-SECRET-KEY-1...): ',
    typeBack: 'Den geheimen Schlüssel eingeben oder einfügen, zum Beweis, dass er vorliegt: ',
  },
  missing: 'nichts wurde eingegeben; an einem Terminal eingeben oder als Zeile der Standardeingabe',
  differ: 'die beiden stimmen nicht überein',
  tooShort: (least) => `mindestens ${least} Zeichen sind nötig`,
  created: (secret, recoveryKey) => [
    'Ein Wiederherstellungsschlüssel. Er öffnet jede für ihn verschlüsselte Sicherung, auf jedem Rechner.',
    '',
    `  Geheimer Teil       ${secret}`,
    `  Öffentlicher Teil   ${recoveryKey}`,
    '',
    'Den geheimen Teil aufschreiben oder drucken und fern von diesem Server aufbewahren. Er wird',
    'dies eine Mal gezeigt und hier nirgends behalten. Ist er samt dem Server weg, sind es auch',
    'die Sicherungen.',
    '',
  ],
  notEnabled:
    'Noch ist nichts verschlüsselt: "kedge key check" schaltet es ein und fragt nach diesem Schlüssel.',
  enabled:
    'Der Schlüssel öffnete ein dafür gemachtes Archiv. Sicherungen sind ab jetzt verschlüsselt.',
  stillEnabled: 'Der Schlüssel öffnete ein dafür gemachtes Archiv.',
  status: (status) => [
    ['Verschlüsselung', stateOf(status)],
    ['Wiederherstellungsschlüssel', status.recoveryKey],
    ['Nachgewiesen', status.provenAtMs === undefined ? undefined : formatMoment(status.provenAtMs)],
    [
      'Eigener Schlüssel',
      status.own ?? (status.writeOnly ? 'keiner: dieser Server schreibt nur' : undefined),
    ],
    ['Problem', status.problem],
    ['Was zu tun ist', status.hint],
  ],
};

function stateOf({ enabled, recoveryKey }: KeyStatus): string {
  if (enabled) return 'ein';
  return recoveryKey === undefined
    ? 'aus; "kedge key create" fängt damit an'
    : 'konfiguriert, und keine Sicherung wird gemacht';
}

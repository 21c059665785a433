import type { Words } from '../language.ts';

export const peopleTexts: Words['people'] = {
  somebody: 'jemand',
  roles: { viewer: 'Leser', operator: 'Bediener', admin: 'Admin' },
  roleTags: { viewer: 'LESER', operator: 'BEDIENER', admin: '' },
  needs: (needed, role) => `das verlangt die Rolle ${needed}, hier gilt ${role}`,
  inView: (view) => `in ${view}`,
  andMore: (first, more) => `${first} und ${more} weitere`,
  /** Above a configuration that is edited again. */
  configConflict: {
    again: 'Unten steht, was jetzt da ist. Geändert war Folgendes; bitte noch einmal:',
    end: 'Diese Zeilen hier oben verschwinden beim Speichern von selbst.',
  },
  thereNow: (value: string | undefined): string =>
    value === undefined ? 'Dort steht jetzt nichts.' : `Dort steht jetzt ${value}.`,
  savedBy: (who: string): string => `${who} hat inzwischen gespeichert.`,
  who: {
    title: 'Wer da ist',
    nobody: 'Niemand hat die Oberfläche offen.',
    you: '(selbst)',
    columns: { user: 'BENUTZER', tty: 'TERMINAL', role: 'ROLLE', view: 'IN', since: 'SEIT' },
    claimed: 'Benutzer und Terminal sind, was ihre Programme sagen; die Rolle ist sicher.',
  },
  audit: {
    none: 'In dieser Zeit ist nichts aufgezeichnet.',
    more: (limit) => `Nur die neuesten ${limit} sind gezeigt; --limit zeigt mehr.`,
    noPeriod: 'ist weder ein Zeitpunkt wie 2026-11-20 14:00 noch eine Dauer wie "7 days"',
    columns: { when: 'WANN', who: 'WER', role: 'ROLLE', what: 'WAS', result: 'ERGEBNIS' },
    outcomes: {
      done: 'ok',
      job: (job) => `Job ${job}`,
      refused: 'ABGELEHNT',
      failed: (code) => `Fehler: ${code}`,
      working: 'läuft',
      unknown: '?',
    },
    page: {
      title: 'Was getan wurde, und von wem',
      command: 'Aufzeichnung zeigen',
      button: 'Aufzeichnung',
      empty: ['Noch wurde nichts getan, was etwas ändert.'],
      older: 'Ältere zeigen',
      olderHere: 'Ältere: o drücken.',
      noOlder: 'Das sind alle.',
      claimed:
        'Benutzer und Terminal sind, was das fragende Programm sagte; der Socket und seine Rolle sind sicher.',
      through: 'Über',
      program: 'Programm',
      with: 'Mit',
      revision: 'Konfiguration wurde',
      hints: { audit: 'Aufzeichnung', older: 'ältere', again: 'neu lesen', back: 'zurück' },
    },
  },
};

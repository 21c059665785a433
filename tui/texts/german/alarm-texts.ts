import type { Words } from '../language.ts';

export const alarmTexts: Words['alarms'] = {
  none: 'Keine Alarme.',
  noRoutes:
    'Kein Alarmweg ist konfiguriert: niemand erfährt etwas. Einen unter "alarms" in der Konfiguration nennen.',
  routes: 'Wege:',
  since: (ago, count) => (count > 1 ? `${ago}, ${count}-mal` : ago),
  cured: (ago) => `behoben ${ago}`,
  acknowledged: (ago) => `quittiert ${ago}`,
  done: (id, text) => `Alarm ${id} ist quittiert: ${text}`,
  over: (id, text) => `Alarm ${id} ist schon behoben: ${text}`,
  lastSent: (ago) => `zuletzt gemeldet ${ago}`,
  neverSent: 'noch nichts gemeldet',
  lastProblem: (ago, problem) => `FEHLGESCHLAGEN ${ago}: ${problem}`,
  delivery: {
    sent: (cured, route, ago) => `${cured ? 'Behebung ' : ''}gemeldet über ${route} ${ago}`,
    waiting: (route) => `wartet auf ${route}`,
    again: (route, problem, at) => `über ${route} noch nicht gemeldet: ${problem}; wieder ${at}`,
    failed: (route, problem) => `NICHT GEMELDET über ${route}: ${problem}`,
  },
  testHead: 'Eine Probe ging hinaus über:',
  tested: {
    sent: (route) => `${route}: gemeldet`,
    failed: (route, problem) => `${route}: FEHLGESCHLAGEN: ${problem}`,
  },
  words: { error: 'FEHLER', warning: 'WARNUNG', acknowledged: 'gesehen' },
  columns: { severity: 'WAS', problem: 'PROBLEM', since: 'SEIT', place: 'WO' },
  hints: { acknowledge: 'quittieren' },
  settling: 'ein Alarm wird daraus erst, wenn es anhält',
  seenAlready: 'das wurde schon quittiert',
  acknowledge: 'Ausgewähltes Problem quittieren',
};

/** Words of alarms, in a shell and on the screen. */
export const alarmTexts = {
  none: 'No alarms.',
  noRoutes:
    'No alarm route is configured: nobody is told. Name one under "alarms" in the configuration.',
  routes: 'Routes:',
  since: (ago: string, count: number): string => (count > 1 ? `${ago}, ${count} times` : ago),
  cured: (ago: string): string => `cured ${ago}`,
  acknowledged: (ago: string): string => `acknowledged ${ago}`,
  done: (id: number, text: string): string => `Alarm ${id} is acknowledged: ${text}`,
  over: (id: number, text: string): string => `Alarm ${id} is cured already: ${text}`,
  lastSent: (ago: string): string => `last told ${ago}`,
  neverSent: 'nothing told yet',
  lastProblem: (ago: string, problem: string): string => `FAILED ${ago}: ${problem}`,
  delivery: {
    sent: (cured: boolean, route: string, ago: string): string =>
      `${cured ? 'cure ' : ''}told by ${route} ${ago}`,
    waiting: (route: string): string => `waits for ${route}`,
    again: (route: string, problem: string, at: string): string =>
      `not told by ${route} yet: ${problem}; again ${at}`,
    failed: (route: string, problem: string): string => `NOT TOLD by ${route}: ${problem}`,
  },
  testHead: 'A test was told by:',
  tested: {
    sent: (route: string): string => `${route}: told`,
    failed: (route: string, problem: string): string => `${route}: FAILED: ${problem}`,
  },
  words: { error: 'ERROR', warning: 'WARNING', acknowledged: 'seen' },
  columns: { severity: 'WHAT', problem: 'PROBLEM', since: 'SINCE', place: 'PLACE' },
  hints: { acknowledge: 'acknowledge' },
  settling: 'it is an alarm only when it stays',
  seenAlready: 'it was acknowledged before',
  acknowledge: 'Acknowledge the selected problem',
} as const;

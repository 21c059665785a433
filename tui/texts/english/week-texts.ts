/** Words of the report of the last days. */
export const weekTexts = {
  head: (application: string, host: string, from: string, until: string): string =>
    `${application} on ${host}, ${from} to ${until}`,
  sections: {
    runs: 'Runs',
    proofs: 'Proofs',
    growth: 'Growth',
    space: 'Space',
    problems: 'Problems',
    alarms: 'Alarms',
  },
  columns: {
    schedule: 'SCHEDULE',
    complete: 'COMPLETE',
    gaps: 'GAPS',
    failed: 'FAILED',
    missed: 'MISSED',
    next: 'NEXT',
  },
  byHand: 'by hand',
  paused: 'paused',
  noSchedules: 'No schedule: backups are made by hand.',
  cancelled: (count: number): string => `${count} cancelled`,
  skipped: (count: number): string => `${count} left out`,
  also: (counts: string, schedule: string): string => `${counts} of "${schedule}"`,
  newestGood: 'Newest good',
  noGood: 'NONE: no backup is here that could be counted on',
  backup: (kind: string, taken: string, ago: string, name: string): string =>
    `${kind} of ${taken} (${ago}), ${name}`,
  lastDrill: 'Last drill',
  noDrill: 'none has passed yet',
  proven: (ago: string, took: string, name: string): string => `passed ${ago} in ${took}, ${name}`,
  drills: 'Drills',
  drillsWords: (passed: number, failed: number): string => `${passed} passed, ${failed} failed`,
  verified: 'Verified',
  verifiedWords: (verified: number, damaged: number, unverified: number): string =>
    `${verified} in these days; damaged ${damaged}, not read for a month ${unverified}`,
  made: 'Made',
  madeWords: (count: number, bytes: string): string =>
    `${count === 1 ? '1 backup' : `${count} backups`}, ${bytes}`,
  all: 'All',
  allWords: (now: string, before: string, since: string): string =>
    `${now}, where it was ${before} on ${since}`,
  allUnknown: (now: string): string => `${now}; what it was before is not known`,
  spaceWords: (free: string, total: string, full: string): string =>
    `${free} free of ${total}, full: ${full}`,
  noProblems: 'none stand now',
  noAlarms: 'none',
  alarm: (state: string, text: string, since: string): string => `${state} since ${since}: ${text}`,
  cured: (text: string, since: string, cured: string): string =>
    `over: ${since} to ${cured}: ${text}`,
  contact: 'Contact',
  page: {
    command: 'Show the report of the last 7 days',
    nothing: 'no application is protected here yet',
    hint: 'report',
    back: 'overview',
  },
} as const;

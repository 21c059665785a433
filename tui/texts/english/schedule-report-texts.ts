/** Labels and sentences of what the commands for schedules print. */
export const scheduleReportTexts = {
  noRuns: 'none yet',
  paused: 'paused',
  leftOut: (moment: string): string => `${moment} (left out)`,
  runColumns: ['AT', 'KIND', 'OUTCOME', 'JOB', 'NOTE'],
  retry: (outcome: string, when: string): string => `${outcome}, tried again ${when}`,
  tries: (outcome: string, tries: number): string => `${outcome} after ${tries} tries`,
  coming: 'Next runs',
  past: 'Last runs',
  fields: {
    when: 'When',
    between: 'Between two fulls',
    store: 'Destination',
    differentialStore: 'Differentials to',
    copyTo: 'Copied to',
    zone: 'Time zone',
    blackout: 'Not between',
    deleteOlderThan: 'Delete older than',
    keep: 'Keep at least',
    ifMissed: 'If missed',
    jitter: 'Spread over',
    deadline: 'Longest run',
    retries: 'Tries after a failure',
    next: 'Next run',
    last: 'Last run',
    good: 'Last complete run',
  },
  differentials: (count: number): string =>
    count === 1 ? '1 differential' : `${count} differentials`,
  never: 'never',
  missed: {
    run: 'run once',
    skip: 'skip',
    older: (age: string): string => `run once, skip if older than ${age}`,
  },
  minutes: (count: number): string => (count === 1 ? '1 minute' : `${count} minutes`),
  hours: (count: number): string => (count === 1 ? '1 hour' : `${count} hours`),
  skipped: (id: string, kind: string, when: string): string =>
    `The next run of "${id}", a ${kind} on ${when}, is left out.`,
  unskipped: (id: string, kind: string, when: string): string =>
    `The next run of "${id}", a ${kind} on ${when}, is not left out.`,
};

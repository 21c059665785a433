/** Labels and sentences of what commands print. */
export const reportTexts = {
  none: {
    backups: 'No backups yet. Take one with "kedge backup create".',
    schedules: 'No schedules. Set one with "kedge schedule set nightly --full \'daily 02:00\'".',
    services: 'No services are configured.',
    undos: 'Nothing to undo.',
    jobs: 'No jobs yet.',
    entries: 'This folder is empty.',
    problems: 'No problems.',
    log: 'Nothing was written yet.',
    application: 'No application is protected here yet. Start with "kedge init".',
  },
  proof: {
    sealed: 'sealed, not verified yet',
    verified: (when: string): string => `verified ${when}`,
    damaged: (problem: string): string => `DAMAGED: ${problem}`,
  },
  compared: 'only compared with the hash of its making: no key here opens it',
  encryption: {
    keys: 'to the recovery key (age)',
    passphrase: 'with a passphrase (age)',
  },
  presence: { present: 'present', missing: 'MISSING: the file is gone', offline: 'offline' },
  gapsHead: (count: number): string =>
    count === 1 ? 'One thing is not in it:' : `${count} things are not in it:`,
  gap: (thing: string, reason: string): string => `  ! ${thing}: ${reason}`,
  copy: 'Copy it to another machine, from there:',
  more: (shown: number, total: number): string => `${shown} of ${total}; more with --offset.`,
  plan: {
    head: (file: string): string => `Plan: bring back ${file}`,
    changes: 'What will change',
    lost: 'What is newer and would be lost',
    nothingLost: 'Nothing newer is there.',
    span: (span: string): string => `work of the last ${span}`,
    rows: (table: string, then: string, now: string, lost: string): string =>
      `  table ${table}: ${now} rows now, ${then} in the backup${lost}`,
    rowsLost: (count: string): string => ` (${count} more now)`,
    files: (newer: string, changed: string, deleted: string): string =>
      `  files: ${newer} new since then go, ${changed} changed go back, ${deleted} deleted come back`,
    services: (list: string): string => `Services stopped meanwhile: ${list}`,
    noServices: 'No services are stopped.',
    clients: 'Programs that have it open now',
    client: (program: string, pid: number, source: string): string =>
      `  ${program} (process ${pid}) on ${source}`,
    space: (path: string, needed: string, free: string): string =>
      `Space in ${path}: ${needed} needed, ${free} free`,
    downtime: (span: string): string => `Expected downtime: ${span}`,
    version: (then: string, now: string): string => `Application version then ${then}, now ${now}`,
    contact: (contact: string): string => `Contact: ${contact}`,
    steps: 'Steps',
    warning: (text: string): string => `! ${text}`,
    obstacle: (text: string): string => `! This plan cannot be run: ${text}`,
    run: 'Run it with:',
  },
  undo: (id: string): string => `Take it back with:  kedge undo run ${id}`,
  retried: (jobs: string): string => `Started again: job ${jobs}`,
  estimate: {
    fits: 'It fits.',
    tooLarge: 'It does not fit: free some space or choose another destination.',
  },
  done: {
    deleted: (path: string): string => `Deleted ${path}.`,
    scheduleSet: (id: string, words: string): string => `Schedule "${id}": ${words}.`,
    scheduleRemoved: (id: string): string => `Schedule "${id}" is removed; its backups stay.`,
    paused: (id: string): string => `Schedule "${id}" rests.`,
    resumed: (id: string): string => `Schedule "${id}" runs again.`,
    service: (id: string, health: string, why: string): string => `${id}: ${health} (${why})`,
    cancelAsked: (job: number): string => `Job ${job} was asked to stop.`,
    configValid: (path: string): string => `${path} is valid.`,
    configSaved: (path: string): string => `${path} is saved and in force.`,
    configUnchanged: 'Nothing was changed.',
  },
} as const;

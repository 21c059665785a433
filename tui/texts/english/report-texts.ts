/** Labels and sentences of what commands print. */
export const reportTexts = {
  kind: (kind: string, base?: string) => (base === undefined ? kind : `${kind} of ${base}`),
  none: {
    backups: 'No backups yet. Take one with "kedge backup create".',
    schedules: 'No schedules. Set one with "kedge schedule set nightly --full \'daily 02:00\'".',
    services: 'No services are configured.',
    undos: 'Nothing to undo.',
    archives: 'No archives of Kedge lie there; folders below it are not looked at.',
    jobs: 'No jobs yet.',
    entries: 'This folder is empty.',
    problems: 'No problems.',
    good: 'none yet; "kedge backup create" takes one',
    next: 'nothing is scheduled',
    log: 'Nothing was written yet.',
    application:
      'No application is protected here yet. Start with "kedge init", or bring one here with "kedge recover FILE".',
  },
  proof: {
    sealed: 'sealed, not verified yet',
    verified: (when: string): string => `verified ${when}`,
    damaged: (problem: string): string => `DAMAGED: ${problem}`,
  },
  proven: (ago: string, took: string): string => `proven ${ago}, ${took}`,
  drillFailed: (ago: string, problem: string): string => `DRILL FAILED ${ago}: ${problem}`,
  pinned: 'yes, until "kedge backup unpin"',
  pinnedShort: 'pinned',
  /** By engine; of others nothing is to be said. */
  tried: {
    sqlserver: "protocol-tested; not yet run against Microsoft's engine",
  } as Readonly<Record<string, string>>,
  provenShort: (ago: string): string => `proven ${ago}`,
  drillFailedShort: 'drill failed',
  compared: 'only compared with the hash of its making: no key here opens it',
  encryption: {
    keys: 'to the recovery key (age)',
    passphrase: 'with a passphrase (age)',
  },
  /** Of a backup on a drive that is not plugged in. */
  away: (drive: string, lastSeen: string | undefined): string =>
    lastSeen === undefined
      ? `on ${drive}, not plugged in`
      : `on ${drive}, not plugged in, last seen ${lastSeen}`,
  foreign: (installation: string): string => `made by another installation, ${installation}`,
  presence: { present: 'present', missing: 'MISSING: the file is gone', offline: 'offline' },
  gapsHead: (count: number): string =>
    count === 1 ? 'One thing is not in it:' : `${count} things are not in it:`,
  gap: (thing: string, reason: string): string => `  ! ${thing}: ${reason}`,
  copy: 'Copy it to another machine, from there:',
  more: (shown: number, total: number): string => `${shown} of ${total}; more with --offset.`,
  warning: (text: string): string => `! ${text}`,
  undo: (id: string): string => `Take it back with:  kedge undo run ${id}`,
  clients: {
    none: (service: string): string =>
      `Nobody is connected to ${service}, as far as Kedge may see.`,
    areOut: (service: string, distance: string): string =>
      `Shut out of ${service} ${distance}, by Kedge.`,
    shutOut: 'All clients are out, and stay out until they are let in.',
    wereOut: 'They were shut out already, not by Kedge. Nothing was changed.',
    letIn: 'They may connect again.',
    wereIn: 'Kedge had not shut them out. Nothing was changed.',
  },
  resetPlan: {
    takes: (duration: string): string => `It takes about ${duration}.`,
    trigger: (service: string, unit: string): string =>
      `${unit} is stopped and started with ${service}.`,
    client: (service: string, client: string): string => `Connected to ${service}: ${client}`,
    process: (pid: number): string => `process ${pid}`,
    since: (distance: string): string => `connected ${distance}`,
    waitsFor: (what: string): string => `waits for ${what}`,
    kedgeLast: 'Kedge restarts itself at the end; the job goes on under its number.',
    refuses: (text: string): string => `REFUSED: ${text}`,
  },
  retried: (jobs: string): string => `Started again: job ${jobs}`,
  estimate: {
    fits: 'It fits.',
    tooLarge: 'It does not fit: free some space or choose another destination.',
  },
  done: {
    pinned: (path: string): string => `Pinned: ${path} stays until it is unpinned.`,
    unpinned: (path: string): string => `Unpinned: ${path}.`,
    deleted: (path: string): string => `Deleted ${path}.`,
    nothingBack: 'All that this backup has is live already: nothing was done.',
    prepared: (store: string, path: string): string => `"${path}" is destination "${store}".`,
    copyStays: (path: string): string =>
      `It still lies at ${path}; "--everywhere" deletes that too.`,
    scheduleSet: (id: string, words: string): string => `Schedule "${id}": ${words}.`,
    scheduleRemoved: (id: string): string => `Schedule "${id}" is removed; its backups stay.`,
    paused: (id: string): string => `Schedule "${id}" rests.`,
    resumed: (id: string): string => `Schedule "${id}" runs again.`,
    service: (id: string, health: string, why: string): string => `${id}: ${health} (${why})`,
    startedFirst: (services: string): string => `started before it, as it needs them: ${services}`,
    answered: (service: string, answer: string): string => `${service}: ${answer}`,
    cancelAsked: (job: number): string => `Job ${job} was asked to stop.`,
    configValid: (path: string): string => `${path} is valid.`,
    configSaved: (path: string): string => `${path} is saved and in force.`,
    configUnchanged: 'Nothing was changed.',
  },
} as const;

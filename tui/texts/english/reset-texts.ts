/** The page of a reset. */
export const resetTexts = {
  all: 'Reset all services',
  some: (names: string) => `Reset ${names}`,
  sick: 'Reset what is sick, and what the last reset left down',
  explain:
    'Stops in reverse order of dependency, starts in order, and goes on only when each is healthy.',
  nothingYet: 'Nothing has been stopped yet.',
  empty: 'There is nothing to stop or to start.',
  running: (passed: string, of: string | undefined) =>
    of === undefined ? `At work for ${passed}.` : `At work for ${passed}, about ${of} in all.`,
  doneAbove: (count: number) => `      ${count} done above`,
  back: 'Back',
  cancel: 'Cancel',
  stop: 'Stop the reset',
  runAll: 'Reset all',
  runSome: 'Reset',
  runRetry: (title: string) => `Reset, then retry "${title}"`,
  again: 'Reset again',
  retryFrom: (service: string) => `Retry from ${service}`,
  retryJob: (title: string) => `Retry "${title}"`,
  log: 'Open log',
  jobLog: 'Open its log',
  marks: { waiting: 'to do', running: 'now', done: 'done', skipped: 'skipped', failed: 'FAILED' },
  refuses: (message: string) => `NOT POSSIBLE: ${message}`,
  warns: (message: string) => `WARNING: ${message}`,
  cutOff: (service: string, client: string) => `Loses its connection to ${service}: ${client}`,
  client: (client: string) => `Still connected: ${client}`,
  moreClients: (count: number) => `... and ${count} more`,
  triggers: (units: string) => `Stopped and started with them: ${units}`,
  takes: (time: string) => `Takes about ${time}.`,
  kedgeLast: 'Kedge restarts itself at the end; this page stays and goes on.',
  failedBefore: (title: string, job: number) =>
    `Failed before, can be tried again: ${title} (job ${job}).`,
  waitsFor: (service: string, time: string, pid: number | undefined) =>
    `${service} was asked to stop ${time} ago and still runs${pid === undefined ? '' : ` (process ${pid})`}. What now?`,
  without: (time: string) =>
    `Without an answer it is given up in ${time}, and what was stopped is started again.`,
  answers: {
    wait: (time: string) => `Wait ${time} more`,
    disconnect: 'Disconnect its clients',
    kill: 'Force it to end...',
    abort: 'Give up, start again',
  },
  meets: (job: number, title: string, step: string) =>
    `Job ${job} (${title}) is at work, at "${step}". A reset does not queue behind it by itself.`,
  meetsHow: 'Cancelled, it changes nothing. Waited for, the reset is the next after it.',
  meetsLeave: 'Leave',
  meetsWait: 'Wait for it, then reset',
  meetsCancel: 'Cancel the job and reset',
  /** Of one service that is started, stopped or restarted. */
  one: {
    meets: (job: number, title: string, step: string) =>
      `Job ${job} (${title}) is at work, at "${step}". Services are left alone meanwhile.`,
    how: 'Cancelled, it changes nothing. Waited for, no other job starts before this is done.',
    wait: 'Wait for it first',
    cancel: 'Cancel the job first',
  },
  killTitle: (service: string) => `Force ${service} to end`,
  killBody: (service: string) => [
    `${service} gets no chance to finish what it writes.`,
    'What it had not saved is lost.',
  ],
  killDatabase: 'It is a database: it has to repair itself when it starts again.',
  failed: 'FAILED.',
  cancelled: 'Cancelled.',
  interrupted: (at: string) => `Kedge was restarted at "${at}" and went on.`,
  stepFailed: (action: string, service: string, detail: string) =>
    `${action} ${service}: ${detail}`,
  up: (names: string) => `Up and healthy: ${names}.`,
  notStarted: (names: string) => `Not started, as they need what failed: ${names}.`,
  retried: (jobs: string) => `Tried again: job ${jobs}.`,
  outcomes: {
    done: 'DONE: every service is healthy.',
    degraded: 'DEGRADED: not every service became healthy.',
    'rolled back': 'ROLLED BACK: what was stopped runs again, nothing else was changed.',
    failed: 'FAILED: services are down, see below.',
  },
};

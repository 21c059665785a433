export const overviewTexts = {
  welcome: [
    'No application is protected here yet.',
    'In a shell, run "kedge init /path/of/the/application": it looks for databases, uploads and settings, asks a few questions, writes a commented configuration and takes the first verified backup.',
    'To try everything on a small clinic application first, run "kedge demo".',
  ],
  recovered: 'Put right at the last start:',
  demo: 'This is a demo. Protect your own:',
  demoAt: 'In a browser:',
  health: 'Health',
  well: 'All is well: services answer, there is a good backup.',
  wellNoBackup: 'Services answer, but there is no proven backup yet. Press b to back up.',
  ill: (names: string) => `${names}.`,
  cutOff: 'a restore was cut off and is not settled yet',
  suggestion: {
    command: 'Reset what is sick',
    why: 'Why',
    title: 'Do next',
    reset: (names: string) => `R shows the plan of a reset of ${names} and what needs it.`,
    atWork: (job: number) => `a reset is at work (job ${job}): R shows it.`,
    recovering: (job: number) => `a recovery is at work (job ${job}): 3 shows it.`,
    waits: (of: number) =>
      `3 shows the recovery of job ${of}, which waits for its database server, and the way to give it up.`,
    heldByRecovery: (job: number) =>
      `No reset helps: the recovery in job ${job} has to end first (3 shows it).`,
    heldByLockout: (service: string) =>
      `No reset helps: let the clients of "${service}" in again: kedge service let-in ${service}`,
  },
  problems: (count: number) =>
    count === 1 ? '1 problem needs you, see below.' : `${count} problems need you, see below.`,
  warnings: (count: number) =>
    count === 1 ? 'Working, with 1 warning below.' : `Working, with ${count} warnings below.`,
  acknowledged: (count: number) =>
    count === 1
      ? 'Working, with 1 problem that was acknowledged.'
      : `Working, with ${count} problems that were acknowledged.`,
  lastGood: 'Last good',
  noGood: 'none yet. Press b to back up.',
  drill: 'Drill',
  proven: (ago: string, took: string, name: string) => `proven ${ago}, ${took}: ${name}`,
  checkpoints: 'Checkpoint',
  checkpoint: (name: string, ago: string, state: string) => `"${name}", ${ago}, ${state}`,
  jumpBack: (command: string) => `J jumps back: first the plan (${command})`,
  jumpBackCommand: 'Jump back to the checkpoint',
  noCheckpoint: 'none of the last 7 days; C takes one',
  next: 'Next backup',
  noNext: 'none scheduled. Press 4 and c to create a schedule.',
  noNextOther: 'none scheduled. An admin can create a schedule.',
  stores: 'Destinations',
  store: (id: string, state: string, free: string) => `${id} ${state}, ${free} free`,
  sources: 'Protected',
  services: ' Services',
  growth: (days: number) => `Stored in the last ${days} days`,
  growthEnds: { from: (days: number) => `${days} days ago`, until: 'now' },
  strip: 'Runs',
  stripEnds: { from: '2 weeks ago', today: 'today', until: 'in 2 weeks' },
  stripCommand: 'Show a day of the calendar',
  problemsTitle: ' Problems',
  noProblems: 'No problems.',
  hints: { services: 'services', reset: 'reset services', backUp: 'back up', calendar: 'calendar' },
};

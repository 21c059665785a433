export const destinationsTexts = {
  empty: ['No destination is configured. Press e to add one to the configuration.'],
  emptyOther: ['No destination is configured. An admin can add one to the configuration.'],
  kind: 'Kind',
  why: 'Why',
  marker:
    'A destination holds a small marker file of Kedge. Without it nothing is written there: the drive may not be mounted.',
  label: 'Drive',
  lastSeen: 'Last seen',
  away: 'It is not plugged in, which is no fault. Its backups stay listed, and nothing of it is written or deleted.',
  space: (free: string, total: string) => `${free} free of ${total}`,
  columns: {
    name: 'NAME',
    state: 'STATE',
    backups: 'BACKUPS',
    taken: 'TAKEN',
    free: 'FREE',
    disk: 'DISK IN USE',
    path: 'FOLDER',
  },
  hints: { backUp: 'back up', edit: 'edit the configuration' },
};

export const settingsTexts = {
  edit: 'Edit the configuration',
  copyPath: 'Copy its path',
  testAlarms: 'Test alarms',
  path: 'Configuration',
  state: 'State',
  valid: 'valid and in force',
  invalid: 'not valid; the last good one stays in force',
  place: (row: number, column: number) => `line ${row}, column ${column}`,
  application: 'Application',
  name: 'Name',
  version: 'Version',
  contact: 'Contact',
  about: 'About',
  process: 'Process',
  home: 'Data of Kedge',
  unknown: 'unknown while Kedge is not reachable',
  how: 'The file can be edited by hand at any time; a valid change takes effect at once. Comments stay.',
  /** What there is to do here for whoever is no admin. */
  mayDo: {
    operator:
      'As operator you back up, verify, run schedules and drills, and start, stop and reset services. Press i to set what this window looks like; an admin changes the configuration.',
    viewer:
      'As viewer you see how things stand. Press i to set what this window looks like; an admin changes the configuration.',
  },
  hints: { edit: 'edit', press: 'press' },
};

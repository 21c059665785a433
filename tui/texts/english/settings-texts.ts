export const destinationsTexts = {
  empty: ['No destination is configured. Press e to add one to the configuration.'],
  kind: 'Kind',
  why: 'Why',
  marker:
    'A destination holds a small marker file of Kedge. Without it nothing is written there: the drive may not be mounted.',
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
  hints: { edit: 'edit', press: 'press' },
};

/** Forms that are drawn from a schema. */
export const formTexts = {
  preferences: 'Settings of this interface',
  interfaceGroup: 'interface',
  columns: { group: 'SECTION', title: 'SETTING', value: 'VALUE', id: 'KEY', summary: 'WHAT FOR' },
  empty: ['There is nothing to set here.'] as readonly string[],
  notSet: 'not set',
  preset: (value: string) => `${value} (preset)`,
  on: 'on',
  off: 'off',
  now: 'now',
  unset: 'not set: as it is without',
  chooses: (count: number) => `Enter offers ${count} values.`,
  number: (min: number | undefined, max: number | undefined) => {
    if (min === undefined && max === undefined) return 'A number.';
    if (max === undefined) return `A number from ${min}.`;
    return min === undefined ? `A number up to ${max}.` : `A number from ${min} to ${max}.`;
  },
  text: 'A text.',
  list: 'Texts with commas between them.',
  json: 'As it stands in the file (JSON).',
  emptied: ' Left empty it is not set.',
  kept: (title: string) => `${title}: kept.`,
  problems: { 'not-a-number': 'that is no number', 'not-json': 'that is no JSON' },
  commands: {
    preferences: 'Open the settings of the interface',
    form: 'Open the configuration as a form',
    change: 'Change a value',
    keys: 'Show how backups are encrypted, and with which keys',
    settingsFile: 'Open settings.jsonc of the interface',
  },
  hints: { preferences: 'interface', form: 'form', change: 'change', back: 'back', keys: 'keys' },
  buttons: { preferences: 'Interface', form: 'As a form', keys: 'Keys' },
  keysPage: {
    title: 'Encryption',
    create: 'Copy "kedge key create"',
    check: 'Copy "kedge key check"',
    why: 'Keys are made and typed in a shell, where nothing of them stays on the screen.',
  },
} as const;

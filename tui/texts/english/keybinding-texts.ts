/** What is said about keys of the user's own. */
export const keybindingTexts = {
  form: 'a rule is { "key": "ctrl+k x", "command": "...", "when": "...", "args": { ... } }',
  noKey: 'the rule names no key',
  longChord: 'a chord has two keys, parted by a space',
  unknownKey: (key: string) => `"${key}" is no key`,
  keptBySystem: (modifier: string) =>
    `"${modifier}" is kept by the system and never reaches a program in a terminal`,
  neverArrives: (key: string) => `"${key}" never arrives: terminals have no code for it`,
  seldomArrives: (key: string) =>
    `"${key}" arrives only from terminals that send Shift with Ctrl; others send the key without Shift`,
  sameByte: (key: string, same: string) =>
    `"${key}" arrives as ${same}: to a terminal they are the same`,
  shiftSign: (key: string) => `"${key}": write the sign that Shift makes of the key instead`,
  unknownCommand: (command: string) => `there is no command "${command}"`,
  consents: (command: string) => `a key can not agree in your place to what "${command}" asks`,
  unknownContextKey: (key: string) => `"when" asks "${key}", which nothing sets`,
  fileHead: [
    'Your own keys. The last rule that holds wins; a command with "-" in front takes a preset away:',
    '  { "key": "ctrl+k x", "command": "panel.toggle", "when": "view == jobs" },',
    '  { "key": "q", "command": "-quit" },',
    '"Open default keybindings" in the palette lists all presets, to copy from.',
  ] as readonly string[],
  presetsHead: [
    'All presets, to copy from into your own keybindings.json. Changes here are not kept.',
  ] as readonly string[],
  unboundHead: 'Commands without a key:',
  contextHead: 'What "when" may ask (==, !=, =~, <, >, in, !, &&, ||, parentheses):',
  conflictsTitle: 'Keys of yours that are wrong or take others away',
  noConflicts: 'No rule of keybindings.json is wrong or takes another key away.',
  overrides: (winner: string, loser: string) => `"${winner}" takes the key of "${loser}"`,
  conflicts: (winner: string, loser: string) => `"${winner}" wins over your earlier "${loser}"`,
  hides: (winner: string, loser: string) => `"${winner}" hides the chord of "${loser}"`,
  removesNothing: (command: string) => `there is no key of "${command}" to take away`,
  notACondition: (when: string) => `"${when}" is no condition`,
} as const;

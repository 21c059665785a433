/** Settings that are commands: their first word is a program, of the others anything may be a password. */
export const commandKeys: ReadonlySet<string> = new Set([
  'command',
  'start',
  'stop',
  'status',
  'kill',
  'logs',
  'before',
  'after',
]);

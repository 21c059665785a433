/** Checkpoints: taken before a risky change, to jump back to. */
export const checkpointTexts = {
  none: 'No checkpoints. Take one with "kedge checkpoint NAME" before you change something.',
  jumpWith: 'Jump back with:  kedge restore run ID',
  jump: (id: string): string => `Jump back with:  kedge restore run ${id}`,
  pinned: 'It is pinned: it stays until "kedge backup unpin".',
  taken: (name: string, id: string): string =>
    `Checkpoint "${name}" (${id}) is taken and verified.`,
  notRun: 'The command was not run: there is no whole checkpoint to come back to.',
  commandFailed: (how: string): string => `The command failed (${how}).`,
  exit: (code: number): string => `exit code ${code}`,
  signal: (code: number): string => `signal ${code - 128}`,
  ask: (name: string): string => `Jump back to "${name}"? [y/N] `,
  yes: /^\s*y(es)?\s*$/i,
  commandMissing: 'a command must follow',
  noJson: 'it can not go with a command, which has the standard output for itself',
  noDetach: 'it can not go with a command, which waits for the checkpoint',
};

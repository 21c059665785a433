import type { KeyStatus } from '../../../protocol/methods/key.ts';
import { formatMoment } from '../time.ts';

export const keyTexts = {
  ask: {
    passphrase: 'Passphrase: ',
    newPassphrase: 'Passphrase of this backup (nobody can bring it back): ',
    again: 'The same again: ',
    recoveryKey: 'Recovery key (AGE-SECRET-KEY-1...): ',
    typeBack: 'Type or paste the secret key back, to prove that you have it: ',
  },
  missing: 'nothing was typed; type it on a terminal, or give it as a line of standard input',
  differ: 'the two do not agree',
  tooShort: (least: number): string => `it must have at least ${least} characters`,
  created: (secret: string, recoveryKey: string): readonly string[] => [
    'A recovery key. It opens every backup that is encrypted to it, on any computer.',
    '',
    `  Secret key    ${secret}`,
    `  Public half   ${recoveryKey}`,
    '',
    'Write the secret key down, or print it, and keep it away from this server. It is shown',
    'this once and kept nowhere here. Who loses it and the server has lost the backups.',
    '',
  ],
  notEnabled:
    'Nothing is encrypted yet: enable it with "kedge key check", which asks for that key.',
  enabled: 'The key opened an archive that was made for it. Backups are encrypted from now on.',
  stillEnabled: 'The key opened an archive that was made for it.',
  status: (status: KeyStatus): readonly (readonly [string, string | undefined])[] => [
    ['Encryption', stateOf(status)],
    ['Recovery key', status.recoveryKey],
    ['Proven', status.provenAtMs === undefined ? undefined : formatMoment(status.provenAtMs)],
    ['Own key', status.own ?? (status.writeOnly ? 'none: this server only writes' : undefined)],
    ['Problem', status.problem],
    ['What to do', status.hint],
  ],
} as const;

function stateOf({ enabled, recoveryKey }: KeyStatus): string {
  if (enabled) return 'on';
  return recoveryKey === undefined
    ? 'off; "kedge key create" begins it'
    : 'configured, and no backup is taken';
}

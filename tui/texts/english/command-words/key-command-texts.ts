import type { CommandTexts } from './shared-command-texts.ts';

export const keyCommandTexts = {
  'key.status': {
    title: 'Show how backups are encrypted',
    category: 'Encryption',
    summary: 'Show whether backups are encrypted, to which keys, and what stands against it.',
    args: {},
  },
  'key.create': {
    title: 'Make a recovery key',
    category: 'Encryption',
    summary: 'Make a recovery key, show it once, and enable encryption when it was typed back.',
    args: { replace: 'also where another recovery key is configured, which it then replaces' },
  },
  'key.check': {
    title: 'Prove the recovery key',
    category: 'Encryption',
    summary: 'Ask for the recovery key and open an archive with it; this enables encryption.',
    args: { replace: 'also where another recovery key is configured, which it then replaces' },
  },
} as const satisfies Record<string, CommandTexts>;

import { backup, type CommandTexts, openWith } from './shared-command-texts.ts';

export const checkpointCommandTexts = {
  checkpoint: {
    title: 'Take a checkpoint',
    category: 'Backup',
    summary:
      'Take a pinned, verified backup before a risky change; run the change, and go back if it fails.',
    args: {
      name: 'what it is called, such as "before 4.3 update"',
      command: 'run this once the checkpoint is verified, and exit with its status',
      to: 'a destination by its name, or any folder',
    },
  },
  'checkpoint.list': {
    title: 'List checkpoints',
    category: 'Backup',
    summary: 'List the checkpoints, newest first.',
    args: {},
  },
  drill: {
    title: 'Drill a backup',
    category: 'Backup',
    summary: 'Restore a backup into scratch, check it, start the application on it, throw it away.',
    args: {
      backup: `${backup}; absent: the newest`,
      'no-probe': 'do not start the application on the copy',
      passphrase: openWith.passphrase,
      'recovery-key': openWith.recoveryKey,
    },
  },
} as const satisfies Record<string, CommandTexts>;

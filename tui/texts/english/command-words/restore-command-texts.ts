import { at, backup, type CommandTexts, choices, openWith, parts } from './shared-command-texts.ts';

export const restoreCommandTexts = {
  'restore.plan': {
    title: 'Plan a restore',
    category: 'Restore',
    summary: 'Show what a restore would change and what would be lost; nothing is touched.',
    args: {
      backup,
      at,
      ...parts,
      ...choices,
      passphrase: openWith.passphrase,
      'recovery-key': openWith.recoveryKey,
    },
  },
  'restore.run': {
    title: 'Restore a backup',
    category: 'Restore',
    summary:
      'Bring a backup back: shows the plan, asks for the name of the application, then acts.',
    args: {
      backup,
      at,
      plan: 'run this plan, which was read before',
      confirm: 'the name of the application, typed',
      ...parts,
      ...choices,
      consent: 'the words that agree to a --without option, typed',
      passphrase: openWith.passphrase,
      'recovery-key': openWith.recoveryKey,
    },
  },
  'undo.list': {
    title: 'List undos',
    category: 'Restore',
    summary: 'List the restores that can be taken back.',
    args: {},
  },
  'undo.run': {
    title: 'Undo a restore',
    category: 'Restore',
    summary: 'Put back what was live before a restore.',
    args: {
      undo: 'which one; absent: the newest',
      confirm: 'the name of the application, typed',
    },
  },
  'undo.show': {
    title: 'Preview an undo',
    category: 'Restore',
    summary: 'Show what an undo would bring back, and what was written since and would go.',
    args: { undo: 'which one; absent: the newest' },
  },
  'undo.pin': {
    title: 'Pin an undo',
    category: 'Restore',
    summary: 'Keep an undo until it is unpinned.',
    args: { undo: 'which one; absent: the newest' },
  },
  'undo.unpin': {
    title: 'Unpin an undo',
    category: 'Restore',
    summary: 'Let an undo expire again.',
    args: { undo: 'which one; absent: the newest' },
  },
  'undo.remove': {
    title: 'Remove an undo',
    category: 'Restore',
    summary: 'Delete what an undo keeps, with its safety backup; the restore is then final.',
    args: {
      undo: 'which one',
      confirm: 'the name of the application, typed',
      forget:
        'also where its database server does not answer any more; what stays in that server is said',
    },
  },
  'recovery.list': {
    title: 'List recoveries',
    category: 'Restore',
    summary:
      'List restores and undos that were cut off and are not settled yet, with the database servers they wait for.',
    args: {},
  },
  'recovery.give-up': {
    title: 'Give up a recovery',
    category: 'Restore',
    summary:
      'Settle what was cut off without a database server that is gone for good; what stays in that server is said. Refused while the server answers. Exit code 1: not all services run again.',
    args: {
      recovery: 'the number of the job that was cut off',
      confirm: 'the name of the application, typed',
    },
  },
} as const satisfies Record<string, CommandTexts>;

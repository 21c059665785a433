import type { CommandTexts } from './shared-command-texts.ts';

export const configCommandTexts = {
  'config.check': {
    title: 'Check the configuration',
    category: 'Settings',
    summary: 'Say whether the configuration in force, or a file, is valid, and where not.',
    args: { file: 'a file to check instead' },
  },
  'config.edit': {
    title: 'Edit the configuration',
    category: 'Settings',
    summary: 'Open the configuration in $EDITOR, check it, and save it when it is valid.',
    args: {},
  },
  demo: {
    title: 'Start the demo',
    category: 'Demo',
    summary: 'Create and open a small clinic application to try everything on.',
    args: {
      fresh: 'throw the old demo away and create a new one',
      postgres:
        'create it with its database in a private PostgreSQL server; takes the programs of PostgreSQL 13 or newer on this machine',
    },
  },
  'demo.accident': {
    title: 'Cause an accident',
    category: 'Demo',
    summary: 'Do damage to the demo, to be repaired afterwards.',
    args: { accident: 'which one' },
  },
  'demo.stop': {
    title: 'Stop the demo',
    category: 'Demo',
    summary: 'Stop the demo and its services; its data stays.',
    args: {},
  },
} as const satisfies Record<string, CommandTexts>;

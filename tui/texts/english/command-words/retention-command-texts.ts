import type { CommandTexts } from './shared-command-texts.ts';

const trashed = 'a deleted backup: its id (8 characters do) or its file name';

export const retentionCommandTexts = {
  'retention.preview': {
    title: 'Show what retention would take',
    category: 'Schedules',
    summary: 'Say of every backup whether it stays or goes by the rules, why, and until when.',
    args: { schedule: 'only backups of this schedule', goes: 'only what goes' },
  },
  'retention.run': {
    title: 'Let retention take what it may',
    category: 'Schedules',
    summary: 'Put into the trash now what the preview says that goes.',
    args: {},
  },
  'trash.list': {
    title: 'Show the trash',
    category: 'Destinations',
    summary: 'List deleted backups that can be brought back, with why they went and until when.',
    args: {},
  },
  'trash.restore': {
    title: 'Bring a deleted backup back',
    category: 'Destinations',
    summary: 'Bring a deleted backup back, and with a differential its full; it is pinned.',
    args: { backup: trashed },
  },
  'trash.empty': {
    title: 'Empty the trash',
    category: 'Destinations',
    summary: 'Remove for good what lies in the trash: everything, or one backup.',
    args: {
      backup: `${trashed}; absent: all of them`,
      confirm: 'how many they are, or the file name of the one, typed',
    },
  },
  'installation.moved': {
    title: 'This Kedge was moved here',
    category: 'Kedge',
    summary: 'Say that Kedge was moved to this machine: its backups are those of this one now.',
    args: {},
  },
  'installation.copy': {
    title: 'This Kedge is a copy',
    category: 'Kedge',
    summary: 'Say that this machine is a copy: it begins as an installation of its own.',
    args: {},
  },
} as const satisfies Record<string, CommandTexts>;

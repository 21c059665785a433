import type { CommandTexts } from './shared-command-texts.ts';

export const helpCommandTexts = {
  help: {
    title: 'Read the help',
    category: 'Kedge',
    summary: 'Explain a topic or a command; without one list both.',
    args: {
      topic: 'a topic such as restore, or the words of a command',
      man: 'the manual page instead, as man -l reads it',
    },
  },
  completion: {
    title: 'Completions for a shell',
    category: 'Kedge',
    summary: 'Print what lets a shell complete commands, options and names of this Kedge.',
    args: { shell: 'the shell' },
  },
} as const satisfies Record<string, CommandTexts>;

import { type CommandTexts, openWith } from './shared-command-texts.ts';

export const setupCommandTexts = {
  init: {
    title: 'Protect an application',
    category: 'Set up',
    summary: 'Ask a few questions, write the configuration, take the first verified backup.',
    args: {
      folder: 'the folder of the application; databases, uploads and settings are looked for in it',
      name: 'what the application is called',
      to: 'the folder for the backups',
      database: 'protect this SQLite file (repeatable); instead of those found',
      uploads: 'protect this folder (repeatable); instead of those found',
      settings: 'protect this settings file (repeatable); instead of those found',
      nightly: 'take a full backup every night at 02:00',
      zone: 'time zone of the nightly backup, such as Europe/Berlin',
      yes: 'take what was found, ask nothing',
    },
  },
  recover: {
    title: 'Recover onto this machine',
    category: 'Set up',
    summary:
      'Bring an application onto an empty machine, from its archives alone: data, configuration, services.',
    args: {
      archive:
        'an archive, or a folder that holds some; the newest whole backup among them is taken',
      map: 'what lay in OLD comes to NEW, in the configuration and in command lines too (repeatable; the longest OLD counts)',
      owner:
        'what belonged to the user OLD belongs to NEW, names or numbers; :OLD=:NEW for groups (repeatable)',
      owners: 'of all others: "keep" the same name, else the number; or "me"',
      destination: 'the folder that a destination has here; it is made and marked (repeatable)',
      at: "the newest backup at or before a moment such as '2026-11-20 14:00'",
      replace: 'move aside what is there already; an undo keeps it',
      confirm: 'with --replace: the name of the application, typed',
      plan: 'only show what would be done and what is missing',
      yes: 'ask nothing',
      passphrase: openWith.passphrase,
      'recovery-key': openWith.recoveryKey,
    },
  },
  status: {
    title: 'Show the state',
    category: 'Overview',
    summary: 'Show services, last and next backup, running jobs, destinations and problems.',
    args: {},
  },
  doctor: {
    title: 'Look for what is wrong',
    category: 'Overview',
    summary:
      'Look at permissions, services, space, clock, keys, alarms, tools and terminal, and say each cure; exits with 1 where something is bad.',
    args: {},
  },
} as const satisfies Record<string, CommandTexts>;

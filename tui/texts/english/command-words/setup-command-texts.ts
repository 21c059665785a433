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
  install: {
    title: 'Install Kedge as a service',
    category: 'Set up',
    summary:
      'As root: put the program, its user, its unit and the rule for services in place, or bring all of it up to date.',
    args: {
      config: 'a configuration to begin with, where there is none in /etc/kedge yet',
      prefix: 'the folder of the program (/opt/kedge)',
      user: 'the system user that Kedge runs as (the one it has, else kedge); it is made if it is not there',
      'wait-for-jobs': 'how long jobs at work may take to end before an upgrade (600)',
      'dry-run': 'only show every file and command, with its reason',
      yes: 'ask nothing',
    },
  },
  uninstall: {
    title: 'Remove the Kedge service',
    category: 'Set up',
    summary:
      'As root: remove program, unit, rule and drop-ins. Backups stay, and state and configuration too.',
    args: {
      purge: 'state, configuration and user go too; never backups',
      confirm: 'with --purge: the name of the application, typed',
      prefix: 'the folder of the program (/opt/kedge)',
      'wait-for-jobs': 'how long jobs at work may take to end (600)',
      'dry-run': 'only show what would go and what stays',
      yes: 'ask nothing',
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
  'support.create': {
    title: 'Write a support bundle',
    category: 'Overview',
    summary:
      'Pack versions, the configuration without secrets, health, jobs and logs into one file for who helps; its list is shown first.',
    args: {
      out: 'the file, or the folder for it; the current folder where it is not given',
      yes: 'write it, ask nothing',
    },
  },
  doctor: {
    title: 'Look for what is wrong',
    category: 'Overview',
    summary:
      'Look at permissions, services, space, clock, keys, alarms, tools and terminal, and say each cure; exits with 1 where something is bad.',
    args: {},
  },
} as const satisfies Record<string, CommandTexts>;

/** Words of one command: palette and help show them. `args` by the argument's name. */
export interface CommandTexts {
  readonly title: string;
  readonly category: string;
  readonly summary: string;
  readonly args: Readonly<Record<string, string>>;
}

const at =
  'the newest good backup at or before this moment: "2026-11-20 14:00", "yesterday 14:00", "14:00"';
const backup = 'a backup: its id (8 characters do), its name, "latest", or the path of an archive';

const openWith = {
  passphrase: 'ask for the passphrase that it is locked with',
  recoveryKey:
    'ask for the recovery key; both are read from standard input where there is no terminal',
};

/** What of a backup comes back, and what becomes of what is newer. */
const parts = {
  'keep-newer': 'keep what came after the backup: only what is missing or differs comes back',
  elsewhere: 'unpack and check into this folder, new or empty; nothing live is touched',
  only: 'only this source, or this file or folder of it; may be given several times',
  table: 'only this table of a database, as it was; may be given several times',
  row: 'only the row with this key: a number, a text, or JSON such as [7,"a"]; several times',
};

const choices = {
  'safety-to': 'folder for the safety backup instead of the destination of the newest full',
  staging: 'folder to unpack databases into first, where the live disk lacks room',
  'without-safety-backup': 'take none before anything is replaced; its words must be typed',
  'without-undo': 'keep nothing of what is live now; its words must be typed',
};

export const commandTexts = {
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
  'backup.create': {
    title: 'Back up now',
    category: 'Backup',
    summary: 'Take a backup now, with a name and a place of your choice.',
    args: {
      name: 'a name for the file',
      to: 'a destination by its name, or any folder',
      differential: 'only what changed since the last good full; without one a full is taken',
      passphrase: 'lock it with a passphrase, which is asked for, and with nothing else',
      'dry-run': 'only say how large it will be, how long it takes and whether it fits',
    },
  },
  'backup.list': {
    title: 'List backups',
    category: 'Backup',
    summary: 'List the backups, newest first.',
    args: {
      filter: 'only those whose file name, kind or destination holds this',
      limit: 'how many (50)',
      offset: 'how many of the newest to leave out',
    },
  },
  'backup.show': {
    title: 'Show a backup',
    category: 'Backup',
    summary: 'Show everything known about one backup.',
    args: { backup, passphrase: openWith.passphrase, 'recovery-key': openWith.recoveryKey },
  },
  'backup.browse': {
    title: 'Browse a backup',
    category: 'Backup',
    summary: 'List a folder inside a backup.',
    args: {
      backup,
      path: 'the folder, starting with the source; absent: the sources',
      limit: 'how many lines (200)',
      offset: 'how many lines to leave out',
      passphrase: openWith.passphrase,
      'recovery-key': openWith.recoveryKey,
    },
  },
  'backup.extract': {
    title: 'Bring files out of a backup',
    category: 'Backup',
    summary: 'Unpack files or folders of a backup into a folder; nothing live is touched.',
    args: {
      backup,
      path: 'files or folders, each starting with its source; absent: everything',
      to: 'the folder they go to, where nothing of their name may be',
      passphrase: openWith.passphrase,
      'recovery-key': openWith.recoveryKey,
    },
  },
  'backup.salvage': {
    title: 'Salvage a damaged backup',
    category: 'Backup',
    summary: 'Bring out what is whole of a damaged archive, and name what is lost.',
    args: {
      backup: 'a backup, or any archive file by its path, however damaged',
      to: 'a new or empty folder',
      base: 'the full that a differential needs; absent: looked for beside it and in all destinations',
      passphrase: openWith.passphrase,
      'recovery-key': openWith.recoveryKey,
    },
  },
  'backup.pin': {
    title: 'Pin a backup',
    category: 'Backup',
    summary: "Keep a backup whatever retention says; it can't be deleted until it is unpinned.",
    args: { backup, reason: 'why, for whoever wants to delete it (by hand)' },
  },
  'backup.unpin': {
    title: 'Unpin a backup',
    category: 'Backup',
    summary: 'Let go of a pinned backup; retention and delete may take it again.',
    args: { backup },
  },
  'backup.consolidate': {
    title: 'Make a full of a differential',
    category: 'Backup',
    summary: 'Make a full of a differential and its full, without the sources; both stay.',
    args: {
      backup:
        'a differential: its id (8 characters do), its name, "latest", or the path of an archive',
      to: 'a destination by its name, or any folder; absent: where the differential lies',
      name: 'a name for the file; absent: the moment that it holds',
      passphrase: `${openWith.passphrase}; what is made is locked with it too`,
      'recovery-key': openWith.recoveryKey,
    },
  },
  'backup.diff': {
    title: 'Compare two backups',
    category: 'Backup',
    summary: 'Say which files changed from one backup to another, and which rows of databases.',
    args: {
      from: backup,
      to: 'the backup to compare it with, in the same forms; it may be the older one',
      rows: 'unpack databases that differ and count the rows inserted, changed and deleted',
      all: 'every name that differs, not only some of each source',
      passphrase: openWith.passphrase,
      'recovery-key': openWith.recoveryKey,
    },
  },
  'backup.verify': {
    title: 'Verify a backup',
    category: 'Backup',
    summary: 'Read every byte of a backup, or of any archive file, and check it.',
    args: { backup, passphrase: openWith.passphrase, 'recovery-key': openWith.recoveryKey },
  },
  'backup.download': {
    title: 'Download a backup',
    category: 'Backup',
    summary: 'Bring the file of a backup here; after a cut it goes on where it was.',
    args: { backup, to: 'a folder, or the name of the file; absent: the folder you are in' },
  },
  'backup.upload': {
    title: 'Upload a backup',
    category: 'Backup',
    summary: 'Bring an archive into a destination; it is verified, then listed.',
    args: {
      file: 'the archive, here; also one of another installation',
      to: 'a destination by its name; absent: the first one',
    },
  },
  'backup.delete': {
    title: 'Delete a backup',
    category: 'Backup',
    summary: 'Delete the file of one backup.',
    args: { backup, confirm: 'the file name of the backup, typed' },
  },
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
    title: 'Restore',
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
    args: { undo: 'which one', confirm: 'the name of the application, typed' },
  },
  'schedule.list': {
    title: 'List schedules',
    category: 'Schedules',
    summary: 'List the schedules with their last and next run.',
    args: {},
  },
  'schedule.set': {
    title: 'Set a schedule',
    category: 'Schedules',
    summary: 'Create or change a schedule; what is not given stays as it is.',
    args: {
      schedule: 'name of the schedule, such as nightly',
      full: '"daily 02:00", "weekly sunday 02:00" or "monthly 1 02:00"',
      cron: 'five cron fields instead, such as "0 2 * * 1-5"',
      zone: 'time zone, such as Europe/Berlin',
      store: 'destination by its name',
      'delete-older-than': 'such as "30 days"; "never" keeps everything',
      'if-missed': 'what to do about a run that was missed',
      'dry-run': 'only show in words what it means, and the next runs',
    },
  },
  'schedule.remove': {
    title: 'Remove a schedule',
    category: 'Schedules',
    summary: 'Remove a schedule; its backups stay.',
    args: { schedule: 'name of the schedule' },
  },
  'schedule.pause': {
    title: 'Pause a schedule',
    category: 'Schedules',
    summary: 'Let a schedule rest until it is resumed.',
    args: { schedule: 'name of the schedule' },
  },
  'schedule.resume': {
    title: 'Resume a schedule',
    category: 'Schedules',
    summary: 'Let a paused schedule run again.',
    args: { schedule: 'name of the schedule' },
  },
  'schedule.run': {
    title: 'Run a schedule now',
    category: 'Schedules',
    summary: 'Take the backup of a schedule now.',
    args: { schedule: 'name of the schedule' },
  },
  'service.list': {
    title: 'List services',
    category: 'Services',
    summary: 'Show the health of each service and why.',
    args: {},
  },
  'service.start': {
    title: 'Start a service',
    category: 'Services',
    summary: 'Start a service and wait until it is healthy.',
    args: { service: 'id of the service' },
  },
  'service.stop': {
    title: 'Stop a service',
    category: 'Services',
    summary: 'Stop a service and wait until it is down.',
    args: { service: 'id of the service' },
  },
  'service.restart': {
    title: 'Restart a service',
    category: 'Services',
    summary: 'Stop and start one service.',
    args: { service: 'id of the service' },
  },
  'service.reset': {
    title: 'Reset services',
    category: 'Services',
    summary:
      'Stop services in reverse order of dependency, start them in order, prove each healthy.',
    args: {
      service: 'ids of the services; none: all of them',
      retry: 'afterwards start again what failed before',
      'dry-run': 'only show the order',
    },
  },
  'service.logs': {
    title: 'Show the log of a service',
    category: 'Services',
    summary: 'Show the last lines that a service wrote.',
    args: { service: 'id of the service', lines: 'how many (100)' },
  },
  'job.list': {
    title: 'List jobs',
    category: 'Jobs',
    summary: 'List jobs, newest first.',
    args: { limit: 'how many (50)', offset: 'how many of the newest to leave out' },
  },
  'job.show': {
    title: 'Show a job',
    category: 'Jobs',
    summary: 'Show a job and its result.',
    args: { job: 'number of the job', follow: 'wait for it and show its progress' },
  },
  'job.cancel': {
    title: 'Cancel a job',
    category: 'Jobs',
    summary: 'Ask a job to stop; nothing half-made is kept.',
    args: { job: 'number of the job' },
  },
  'job.log': {
    title: 'Show the log of a job',
    category: 'Jobs',
    summary: 'Show what a job wrote down.',
    args: { job: 'number of the job', lines: 'how many (500)' },
  },
  'job.retry': {
    title: 'Try a job again',
    category: 'Jobs',
    summary: 'Start a failed or cancelled job again with the same order.',
    args: { job: 'number of the job' },
  },
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
    args: { fresh: 'throw the old demo away and create a new one' },
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

export type CommandId = keyof typeof commandTexts;

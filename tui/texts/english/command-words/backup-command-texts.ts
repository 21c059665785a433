import { backup, type CommandTexts, openWith } from './shared-command-texts.ts';

const copyArguments = {
  backup: 'the backups by id or name, and the destination last',
  to: 'a destination by its name, or any folder, where it does not stand last',
  'older-than': 'all that are older than this, such as "1 month", instead of naming them',
  'all-before': 'all from before this day, such as 2026-11-01',
  schedule: 'of these only those of this schedule',
};

export const backupCommandTexts = {
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
  'backup.copy': {
    title: 'Copy backups',
    category: 'Backup',
    summary: 'Copy backups to another destination or folder: fulls with their differentials.',
    args: copyArguments,
  },
  'backup.move': {
    title: 'Move backups',
    category: 'Backup',
    summary: 'Move backups to another destination or folder, each when it is verified there.',
    args: copyArguments,
  },
  'backup.import': {
    title: 'Import a folder of archives',
    category: 'Backup',
    summary: 'Verify the archives of a folder and copy them into a destination.',
    args: {
      folder: 'the folder that they lie in; other files are not looked at',
      store: 'the destination, by its name',
      move: 'remove each from the folder when it is verified at the destination',
    },
  },
  'destination.prepare': {
    title: 'Prepare a destination',
    category: 'Destinations',
    summary: 'Mark the folder of a destination of the configuration, so that Kedge writes there.',
    args: {
      store: 'the destination, by its name in the configuration',
      anyway: 'also a folder that holds other things, or at which nothing is mounted',
    },
  },
  'backup.list': {
    title: 'List backups',
    category: 'Backup',
    summary: 'List the backups, newest first.',
    args: {
      filter:
        'only those that have each of these words in file name, kind, destination or time, such as 05:16',
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
  'backup.rows': {
    title: 'Browse rows of a backup',
    category: 'Backup',
    summary: 'Show the tables of a database in a backup, or rows of one with their keys.',
    args: {
      backup,
      source: 'a source that is a database',
      table: 'the table; absent: the list of them',
      search: 'only rows that hold this text in any column',
      after: 'go on here, as the page before says',
      limit: 'how many rows (50, at most 500)',
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
    summary: 'Delete the file of one backup; in a destination it lies in the trash for a while.',
    args: {
      backup,
      confirm: 'the file name of the backup, typed',
      everywhere: 'also its copies in other places',
    },
  },
} as const satisfies Record<string, CommandTexts>;

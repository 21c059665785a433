/** Words of one command: palette and help show them. `args` by the argument's name. */
export interface CommandTexts {
  readonly title: string;
  readonly category: string;
  readonly summary: string;
  readonly args: Readonly<Record<string, string>>;
}

export const at =
  'the newest good backup at or before this moment: "2026-11-20 14:00", "yesterday 14:00", "14:00"';
export const backup =
  'a backup: its id (8 characters do), its name, "latest", or the path of an archive';

export const openWith = {
  passphrase: 'ask for the passphrase that it is locked with',
  recoveryKey:
    'ask for the recovery key; both are read from standard input where there is no terminal',
};

/** What of a backup comes back, and what becomes of what is newer. */
export const parts = {
  'keep-newer': 'keep what came after the backup: only what is missing or differs comes back',
  elsewhere: 'unpack and check into this folder, new or empty; nothing live is touched',
  beside:
    'single tables of a database in a server under names of their own beside the live ones; nothing live is touched',
  only: 'only this source, or this file or folder of it; may be given several times',
  table: 'only this table of a database, as it was; may be given several times',
  row: 'only the row with this key: a number, a text, or JSON such as [7,"a"]; several times',
};

export const choices = {
  'safety-to': 'folder for the safety backup instead of the destination of the newest full',
  staging: 'folder to unpack databases into first, where the live disk lacks room',
  'without-safety-backup': 'take none before anything is replaced; its words must be typed',
  'without-undo':
    'keep nothing of what is live now, where not even other folders make enough room; its words must be typed',
};

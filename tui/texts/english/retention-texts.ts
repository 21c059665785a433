function count(value: number, one: string, many: string): string {
  return `${value.toLocaleString('en-US')} ${value === 1 ? one : many}`;
}

/** What stays and what goes, the trash, and machines that were moved or copied. */
export const retentionTexts = {
  columns: { verdict: 'Verdict', backup: 'Backup', until: 'Until', because: 'Because' },
  trashColumns: {
    backup: 'Backup',
    went: 'Deleted',
    until: 'Gone for good',
    where: 'Where',
    size: 'Size',
    why: 'Why',
  },
  goes: 'goes',
  stays: 'stays',
  in: (store: string) => `only in "${store}"`,
  summary: (stay: number, go: number) =>
    go === 0
      ? `${count(stay, 'backup stays', 'backups stay')}, nothing goes`
      : `${count(stay, 'backup stays', 'backups stay')}, ${count(go, 'goes', 'go')} into the trash`,
  none: 'There are no backups.',
  took: (number: number) =>
    number === 0
      ? 'Nothing was to go.'
      : `${count(number, 'backup', 'backups')} went into the trash.`,
  runs: 'What the rules let go goes into the trash of its destination.',
  empties: 'Everything in the trash is removed for good. Nothing brings it back.',
  runConsent: (number: number) => [
    number === 0
      ? 'Nothing goes by the rules as they stand now.'
      : `${count(number, 'backup goes', 'backups go')} into the trash of ${number === 1 ? 'its' : 'their'} destination.`,
    'They can be brought back from there until they expire.',
  ],
  emptyTrash: 'The trash is empty.',
  restored: (number: number) =>
    `${count(number, 'backup is', 'backups are')} back. The one that you asked for is pinned; "kedge backup unpin" lets go of it.`,
  removed: (number: number, bytes: string) =>
    `${count(number, 'backup was', 'backups were')} removed for good (${bytes}).`,
  trashed: (path: string, until: string) =>
    `Deleted "${path}". Until ${until} "kedge trash restore" brings it back.`,
  emptyBody: (number: number, bytes: string) => [
    `${count(number, 'deleted backup is', 'deleted backups are')} removed for good (${bytes}).`,
    'Nothing brings back what is removed from the trash.',
  ],
  notMoved: 'this is the machine that Kedge was set up on',
  moved: 'This is the same installation, on this machine from now on.',
  copy: 'This machine is an installation of its own from now on. Backups that the other one made are no longer deleted by rules here.',
  pages: {
    retention: 'What stays, what goes',
    trash: 'Trash',
    erase: 'Remove a deleted backup for good',
    empty: 'Empty the trash',
  },
  trashTitle: 'Deleted backups that can be brought back',
  retentionTitle: 'By the rules as they stand now',
  hints: {
    retention: 'what goes',
    erase: 'remove',
    show: 'details',
    trash: 'trash',
    bringBack: 'bring back',
    empty: 'empty',
    run: 'let go now',
    back: 'back',
  },
};

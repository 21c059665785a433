function count(value: number, one: string, many: string): string {
  return `${value} ${value === 1 ? one : many}`;
}

export const restoreTexts = {
  guide: ['Choose a backup', 'Read the plan', 'Type the name', 'Done, with undo'],
  path: 'Any archive',
  pathPlaceholder: 'or the path of a file: /mnt/usb/clinic_full.tar.zst',
  typePath: 'Type the path of an archive, or choose a backup from the list.',
  undos: 'Undos',
  undosNote: 'what was live before a restore',
  noUndos: 'Nothing to take back. After a restore the way back stands here.',
  planning: 'Making the plan. Nothing is touched.',
  running: 'Restoring',
  safe: 'You may close this window: the restore goes on, and the next start shows it.',
  run: 'Restore...',
  cannot: 'not possible, see above',
  back: 'Back',
  undoThis: 'Undo this...',
  undoOffer: 'Not what you wanted? Undo brings back what was live before, until it expires.',
  downtimeWas: (time: string) => `The application was down for ${time}.`,
  outcomes: {
    restored: 'Restored.',
    unpacked: 'Unpacked and checked. Nothing live was touched.',
    'rolled back': 'Rolled back: the old data is in place.',
    undone: 'Undone: what was live before is back.',
    recovered: 'Recovered.',
    'nothing to do': 'Nothing had to be done.',
  },
  columns: { undo: 'TAKES BACK', made: 'MADE', expires: 'GONE', size: 'SIZE' },
  plan: {
    summary: (application: string, at: string, ago: string) =>
      `${application} goes back to ${at} (${ago}).`,
    backup: 'Backup',
    downtime: 'Downtime',
    about: (time: string) => `about ${time}`,
    lost: 'Lost',
    nothingLost: 'nothing that is newer was found',
    lostWork: (span: string, rows: number, files: number) =>
      `the work of ${span}: ${count(rows, 'row', 'rows')} and ${count(files, 'file', 'files')} more now than then`,
    version: 'Version',
    versions: (then: string, now: string) =>
      then === now ? now : `backup ${then}, running now ${now}`,
    unknown: 'unknown',
    changes: 'What is replaced',
    replaces: (live: string) => `replaces ${live}`,
    table: (table: string, live: number, backup: number) =>
      live === backup
        ? `${table}: ${live} rows, as now`
        : `${table}: ${live} rows now, ${backup} afterwards`,
    files: (newer: number, changed: number, deleted: number, bytes: string) =>
      `${count(newer, 'file', 'files')} newer (${bytes}) would be lost, ${changed} changed go back, ${deleted} deleted come back`,
    warnings: 'Know before',
    services: 'Services and clients',
    stops: (names: string) => `stops and starts again: ${names}`,
    noneStops: 'no service has to stop',
    stays: (names: string) => `stays as it is: ${names}`,
    client: (program: string, pid: number, source: string) =>
      `${program} (pid ${pid}) has ${source} open`,
    noClients: 'nobody else has the data open',
    space: 'Space',
    spaceIn: (path: string, needed: string, free: string) =>
      `${path}: ${needed} needed, ${free} free`,
    steps: 'Steps',
    contact: 'Contact',
    obstacles: 'This plan cannot run:',
    undoLater: 'What is live now is kept as an undo, so this can be taken back.',
  },
  commands: {
    planPath: 'Plan a restore of a file',
    choose: 'Choose a backup to restore',
    undo: 'Undo the selected restore',
  },
  hints: {
    next: 'next part',
    undo: 'undo a restore',
    back: 'back',
    verify: 'verify',
    plan: 'show the plan',
    press: 'press',
  },
};

function count(value: number, one: string, many: string): string {
  return `${value.toLocaleString('en-US')} ${value === 1 ? one : many}`;
}

const list = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join(', ');

/** What an undo would do, as a report and as a page. */
export const undoTexts = {
  head: (title: string) => `Undo of: ${title}`,
  looking: 'Looking at what an undo would do. Nothing is touched.',
  go: 'Undo...',
  made: 'Made',
  expires: 'Expires',
  never: 'never: it is pinned',
  size: 'Size',
  changes: 'What it would do',
  table: (table: string, back: number, gone: number, changed: number) =>
    `${table}: ${list(
      back === 0 ? '' : `${count(back, 'row comes', 'rows come')} back`,
      gone === 0 ? '' : count(gone, 'row goes', 'rows go'),
      changed === 0 ? '' : `${count(changed, 'row is', 'rows are')} again as before`,
    )}`,
  files: (back: number, gone: number, changed: number) =>
    list(
      back === 0 ? '' : `${count(back, 'file comes', 'files come')} back`,
      gone === 0 ? '' : count(gone, 'file goes', 'files go'),
      changed === 0 ? '' : `${count(changed, 'file is', 'files are')} again as before`,
    ),
  same: 'as it is now',
  problem: (text: string) => `! ${text}`,
  written: 'Written since the restore, which the undo would take away',
  nothingWritten: 'Nothing was written since the restore.',
  unknownWritten: (why: string) =>
    `What was written since is part of what goes, but can't be told apart: ${why}.`,
  writtenTable: (table: string, inserted: number, changed: number, deleted: number) =>
    `${table}: ${count(inserted, 'new row', 'new rows')}, ${changed.toLocaleString('en-US')} changed, ${deleted.toLocaleString('en-US')} deleted`,
  writtenFiles: (newer: number, changed: number, deleted: number) =>
    `${count(newer, 'new file', 'new files')}, ${changed.toLocaleString('en-US')} changed, ${deleted.toLocaleString('en-US')} deleted`,
  keep: 'To keep it, and bring back what the undo would, merge the safety backup instead:',
  noKeep:
    'It can be had back by undoing the undo. To keep both at once there is no way, as there is no safety backup that could be merged.',
  services: (names: string) => `Services stopped meanwhile: ${names}`,
  noRoom: (path: string, needed: string, free: string) =>
    `! It can't be run now: ${needed} are needed for a while in ${path}, and ${free} are free.`,
  elsewhere:
    'With less room, keep the safety backup, give up this undo, and restore that, unpacked elsewhere:',
  run: 'Run it with:',
  undoUndo: 'What is live now is kept then, so the undo can itself be undone.',
  room: {
    button: 'With less room...',
    intro: 'Where room is missing, another folder can take part of it. The plan is made again.',
    folder: 'Folder',
    placeholder: 'on another disk: /mnt/usb/kedge',
    note: 'Databases may be unpacked there, or the safety backup taken there.',
    typeFolder: 'Type the folder first.',
    staging: 'Unpack databases there',
    safety: 'Safety backup there',
    without: 'No safety backup...',
    undoless: 'No undo...',
    undolessNote:
      'Without an undo databases are overwritten for good: the last resort, where there is no other disk.',
    agreeTitle: 'Going without',
    agreeTo: {
      'without safety backup': [
        'What is live now is then only kept by the undo, on the same disk, until that expires.',
      ],
      'without undo': [
        "What is live now is not kept. Once the first database is overwritten nothing is brought back: not by Kedge, and not when a service does not start. The plan names what can't be had back, and whether a safety backup can.",
      ],
    },
    agreeHow: 'Type the words to agree. The name of the application is asked for after that.',
    agree: 'Agree',
  },
  pinnedShort: 'pinned',
  pinned: (title: string) => `Pinned: the undo of "${title}" stays until it is unpinned.`,
  unpinned: (title: string, when: string) => `Unpinned: the undo of "${title}" expires ${when}.`,
  removed: (title: string) => `Removed: "${title}" can't be undone any more.`,
  left: (name: string, of: string, why: string) =>
    `"${name}" stays behind beside ${of}, and takes its room there until somebody drops it: ${why}`,
  until: (when: string) => `until ${when}`,
};

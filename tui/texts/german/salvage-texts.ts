import type { Words } from '../language.ts';

export const salvageTexts: Words['salvage'] = {
  index: {
    whole: 'ganz',
    found: 'ganz, obwohl das Ende der Datei beschädigt ist',
    lost: 'verloren: Namen und Inhalte kommen aus den Frames selbst',
  },
  proven: (byHash, byChecksum) =>
    byChecksum === 0
      ? `${byHash} Dateien nach ihrer SHA-256`
      : `${byHash} Dateien nach ihrer SHA-256, ${byChecksum} nur nach den Prüfsummen ihrer Frames`,
  nothingLost: 'Nichts ist verloren.',
  lost: (count) => (count === 1 ? 'Ein Verlust:' : `${count} Verluste:`),
  more: (count) => `  und ${count} weitere, im Bericht`,
  part: (at, bytes) => `${bytes} Bytes ab ${at}`,
  stretch: (places, why) =>
    `  ! von der Datei ${places}, mit Inhalten, die niemand benennen kann: ${why}`,
  rest: (path) => `      der Rest: ${path}`,
  saved: (members, lost) =>
    lost === 0 ? `${members} gerettet` : `${members} gerettet, ${lost} verloren`,
};

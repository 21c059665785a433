/** What is said of what came out of a damaged archive. */
export const salvageTexts = {
  index: {
    whole: 'whole',
    found: 'whole, though the end of the file is damaged',
    lost: 'lost: names and contents come from the frames themselves',
  },
  proven: (byHash: number, byChecksum: number): string =>
    byChecksum === 0
      ? `${byHash} files by their SHA-256`
      : `${byHash} files by their SHA-256, ${byChecksum} by the checksums of their frames only`,
  nothingLost: 'Nothing is lost.',
  lost: (count: number): string => (count === 1 ? 'One loss:' : `${count} losses:`),
  more: (count: number): string => `  and ${count} more, in the report`,
  part: (at: number, bytes: number): string => `${bytes} bytes from ${at}`,
  stretch: (places: string, why: string): string =>
    `  ! of the file ${places}, with members that nobody can name: ${why}`,
  rest: (path: string): string => `      the rest: ${path}`,
  saved: (members: number, lost: number): string =>
    lost === 0 ? `${members} saved` : `${members} saved, ${lost} lost`,
};

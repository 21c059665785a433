/** What can be wrong in a file of settings or keys. */
export const fileFaultTexts = {
  notAnObject: 'the file must hold one object: { ... }',
  notAList: 'the file must hold one list: [ ... ]',
  unknownSetting: (name: string) => `"${name}" is no setting of the interface`,
  notValid: 'not valid',
  changed: 'somebody else saved it meanwhile; saved again, this takes the place of that',
  inFile: (file: string, first: string, others: number) =>
    others === 0 ? `${file}, ${first}` : `${file}, ${first} (and ${others} more)`,
  notSaved: 'Not saved yet: this is wrong. Put it right, or leave the text as it is to give up.',
  end: '(these lines go by themselves)',
  place: (line: number, message: string) => `line ${line}: ${message}`,
} as const;

import type { RestoreChoices } from '../../protocol/domain/restore-safety.ts';

/** The options of the command line that choose the same, each with a blank before it. */
export function choiceWords(choices: RestoreChoices = {}): string {
  const { staging, safetyTo, withoutSafetyBackup, withoutUndo } = choices;
  return [
    ...(staging === undefined ? [] : [`--staging ${quoted(staging)}`]),
    ...(safetyTo === undefined ? [] : [`--safety-to ${quoted(safetyTo)}`]),
    ...(withoutSafetyBackup === true ? ['--without-safety-backup'] : []),
    ...(withoutUndo === true ? ['--without-undo'] : []),
  ]
    .map((word) => ` ${word}`)
    .join('');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

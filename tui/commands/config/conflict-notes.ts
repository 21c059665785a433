import type { ConfigProblem } from '../../../protocol/methods/config.ts';
import { peopleTexts, texts } from '../../texts/texts.ts';
import { lineChanges } from './line-changes.ts';

/** The lines that went and came from one text to the other, with their signs. */
export function changeWords(before: string, after: string): readonly string[] {
  return lineChanges(before, after).map(
    ({ kind, line }) => `${kind === 'new' ? '+' : '-'} ${line}`,
  );
}

/**
 * What stands above a configuration that is edited again, as comments. Below it comes what others saved: so nothing
 * of theirs is lost by not looking.
 */
export function notesAbove(why: string, before: string, mine: string): string {
  const { again, end } = peopleTexts.configConflict;
  const changes = changeWords(before, mine).map((line) => `  ${line}`);
  return [why, again, ...changes, end].map((line) => `// ${line}\n`).join('');
}

/** What is wrong with a text that is edited again, above it; the lines are counted as the editor will show them. */
export function faultsAbove(problems: readonly ConfigProblem[]): string {
  const { notSaved, end, place } = texts.fileFaults;
  const noteLines = problems.length + 2;
  const said = problems.map(({ line, message }) => `  ${place(line + noteLines, message)}`);
  return [notSaved, ...said, end].map((line) => `// ${line}\n`).join('');
}

/** Without them, where they were left. */
export function withoutNotes(edited: string, above: string): string {
  return edited.startsWith(above) ? edited.slice(above.length) : edited;
}

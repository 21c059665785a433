import { basename } from 'node:path';
import { failureOf } from '../../../protocol/failures.ts';
import {
  type ConfigProblem,
  configGet,
  configSet,
  configValidate,
} from '../../../protocol/methods/config.ts';
import { reportTexts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { refuseProblems } from './check.ts';
import { faultsAbove, notesAbove, withoutNotes } from './conflict-notes.ts';

/** Goes back into the editor where it is not valid, with what is wrong above. Saves only against the revision that was read: what somebody else wrote meanwhile stays. */
export const configEditCommand = defineCommand('config.edit', {
  cli: ['config', 'edit'],
  args: [],
  when: 'connected',
  danger: 'none',
  examples: ['kedge config edit'],
  async run(context) {
    let read = await context.call(configGet, {}, context.signal);
    let shown = read.text;
    let above = '';
    let problems: readonly ConfigProblem[] = [];
    for (;;) {
      const { path, revision } = read;
      const edited = await editBelow(context, { path, text: shown }, above);
      if (edited === undefined || edited === shown) {
        // Left as it was, with what is wrong above it: they gave up.
        refuseProblems(path, problems);
        const data = { path, revision, changed: false };
        return { kind: 'data', data, lines: [reportTexts.done.configUnchanged] };
      }
      problems = (await context.call(configValidate, { text: edited }, context.signal)).problems;
      if (problems.length > 0) {
        shown = edited;
        above = faultsAbove(problems);
        continue;
      }
      const saved = await save(context, edited, revision);
      if (saved.kind === 'saved') {
        const data = { path, revision: saved.revision, changed: true };
        return { kind: 'data', data, lines: [reportTexts.done.configSaved(path)] };
      }
      above = notesAbove(saved.why, read.text, edited);
      read = await context.call(configGet, {}, context.signal);
      shown = read.text;
    }
  },
});

type Read = { readonly path: string; readonly text: string };

/** What stands above is for the one who edits, and is taken away again where it was left. */
async function editBelow(
  { editText }: CommandContext,
  { path, text }: Read,
  above: string,
): Promise<string | undefined> {
  const edited = await editText(`${above}${text}`, basename(path));
  return edited === undefined ? undefined : withoutNotes(edited, above);
}

type Saved =
  | { readonly kind: 'saved'; readonly revision: string }
  | { readonly kind: 'too-late'; readonly why: string };

async function save(
  { call, signal, note }: CommandContext,
  text: string,
  revision: string,
): Promise<Saved> {
  try {
    return { kind: 'saved', ...(await call(configSet, { text, revision }, signal)) };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure.code.startsWith('config-changed')) throw error;
    const why = wordFailure(failure).message;
    note(why);
    return { kind: 'too-late', why };
  }
}

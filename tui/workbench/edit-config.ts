import { basename } from 'node:path';
import * as z from 'zod';
import { failureOf } from '../../protocol/failures.ts';
import { configGet, configSet, configValidate } from '../../protocol/methods/config.ts';
import { commandLine } from '../commands/command-line.ts';
import { changeWords, notesAbove, withoutNotes } from '../commands/config/conflict-notes.ts';
import { configEditCommand } from '../commands/config/edit.ts';
import type { Bench } from '../screens/bench.ts';
import type { ActionArgs } from '../store/action.ts';
import { withCommandLine } from '../store/reducer.ts';
import { reportTexts, texts } from '../texts/texts.ts';
import { wordFailure } from '../texts/word-failure.ts';
import { type EditedText, editAndCheck } from './edit-and-check.ts';

/** What was first read, and what stands above it for whoever edits it again. */
const Again = z.object({
  revision: z.string().optional(),
  base: z.string().optional(),
  above: z.string().optional(),
});
const command = 'config.edit-again';

/** The configuration in $EDITOR: what is not valid goes back into it, and only against what was read it is saved. */
export async function editConfig(
  bench: Bench,
  args: ActionArgs,
  editText: EditedText['editText'],
): Promise<void> {
  const { path, text: before, revision: now } = await bench.session.call(configGet, {});
  // Of the text that was first read: what somebody else saved meanwhile stays.
  const { revision = now, base = before, above = '' } = Again.parse(args);
  await editAndCheck(bench, args, {
    command,
    fileName: basename(path),
    editText: async (text, fileName) => {
      const edited = await editText(text, fileName);
      return edited === undefined ? undefined : withoutNotes(edited, above);
    },
    read: async () => before,
    check: async (text) => (await bench.session.call(configValidate, { text })).problems,
    savesFaults: false,
    carried: { revision, base },
    async save(text) {
      try {
        await bench.session.call(configSet, { text, revision });
      } catch (error) {
        if (!failureOf(error).code.startsWith('config-changed')) throw error;
        return await askOnTop(bench, { base, mine: text }, error);
      }
      bench.notify('ok', reportTexts.done.configSaved(path));
      const words = commandLine(configEditCommand, {});
      if (words !== undefined)
        bench.session.store.update((state) => withCommandLine(state, words, Date.now()));
    },
  });
}

/** Lines of a dialog that a low window shows. */
const shownChanges = 10;

/** Who was first and what they changed; from there one goes on with theirs, one's own changes noted above. */
async function askOnTop(
  bench: Bench,
  { base, mine }: { readonly base: string; readonly mine: string },
  error: unknown,
): Promise<void> {
  const { message } = wordFailure(failureOf(error));
  const theirs = await bench.session.call(configGet, {});
  const above = notesAbove(message, base, mine);
  const text = `${above}${theirs.text}`;
  const changes = changeWords(base, theirs.text);
  const args = { text, above, base: theirs.text, revision: theirs.revision };
  const words = texts.workbench.editing;
  bench.ask({
    title: message,
    body: [...changes.slice(0, shownChanges), ...(changes.length > shownChanges ? ['...'] : [])],
    tone: 'warning',
    buttons: [{ label: words.again, action: { command, args } }, { label: words.discard }],
  });
}

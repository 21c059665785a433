import { basename } from 'node:path';
import * as z from 'zod';
import { configGet, configSet, configValidate } from '../../protocol/methods/config.ts';
import { commandLine } from '../commands/command-line.ts';
import { configEditCommand } from '../commands/config/edit.ts';
import type { Bench } from '../screens/bench.ts';
import type { ActionArgs } from '../store/action.ts';
import { withCommandLine } from '../store/reducer.ts';
import { reportTexts } from '../texts/texts.ts';
import { type EditedText, editAndCheck } from './edit-and-check.ts';

const Again = z.object({ revision: z.string().optional() });

/** The configuration in $EDITOR: what is not valid goes back into it, and only against what was read it is saved. */
export async function editConfig(
  bench: Bench,
  args: ActionArgs,
  editText: EditedText['editText'],
): Promise<void> {
  const { path, text: before, revision: now } = await bench.session.call(configGet, {});
  // Of the text that was first read: what somebody else saved meanwhile stays.
  const { revision = now } = Again.parse(args);
  await editAndCheck(bench, args, {
    command: 'config.edit-again',
    fileName: basename(path),
    editText,
    read: async () => before,
    check: async (text) => (await bench.session.call(configValidate, { text })).problems,
    savesFaults: false,
    carried: { revision },
    async save(text) {
      await bench.session.call(configSet, { text, revision });
      bench.notify('ok', reportTexts.done.configSaved(path));
      const words = commandLine(configEditCommand, {});
      if (words !== undefined)
        bench.session.store.update((state) => withCommandLine(state, words, Date.now()));
    },
  });
}

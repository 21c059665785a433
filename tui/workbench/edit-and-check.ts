import * as z from 'zod';
import type { FileFault } from '../host/settings/parse-jsonc.ts';
import type { Bench } from '../screens/bench.ts';
import type { ActionArgs } from '../store/action.ts';
import { texts } from '../texts/texts.ts';

/** A text that a person edits here, and what becomes of it. */
export interface EditedText {
  /** The command that is run, which the answers come back to. */
  readonly command: string;
  readonly fileName: string;
  readonly editText: (text: string, fileName: string) => Promise<string | undefined>;
  readonly read: () => Promise<string>;
  readonly check: (text: string) => Promise<readonly FileFault[]>;
  /** With faults it may be saved all the same: the rest of it works. */
  readonly savesFaults: boolean;
  readonly save: (text: string) => Promise<void>;
}

/** `text`: what was edited before. `save`: it is good enough. */
const Answer = z.object({ text: z.string().optional(), save: z.boolean().optional() });

/** Opens the editor; where something is wrong, says where and why, and goes back into the editor with the same text. */
export async function editAndCheck(
  bench: Bench,
  args: ActionArgs,
  edited: EditedText,
): Promise<void> {
  const answer = Answer.parse(args);
  if (answer.save === true && answer.text !== undefined) return await edited.save(answer.text);
  const before = answer.text ?? (await edited.read());
  const text = await edited.editText(before, edited.fileName);
  const again = answer.text !== undefined;
  if (text === undefined || (text === before && !again)) {
    bench.notify('muted', texts.workbench.editing.unchanged);
    return;
  }
  const faults = await edited.check(text);
  if (faults.length === 0) await edited.save(text);
  else askAgain(bench, text, faults, edited);
}

/** The first button goes back to what was typed. */
function askAgain(
  bench: Bench,
  text: string,
  faults: readonly FileFault[],
  { command, fileName, savesFaults }: EditedText,
): void {
  const words = texts.workbench.editing;
  bench.ask({
    title: words.faults(fileName, faults.length),
    body: faults.map(({ line, message }) => texts.fileFaults.place(line, message)),
    tone: 'warning',
    buttons: [
      { label: words.again, action: { command, args: { text } } },
      ...(savesFaults
        ? [{ label: words.saveRest, action: { command, args: { text, save: true } } }]
        : []),
      { label: words.discard },
    ],
  });
}

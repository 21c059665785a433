import * as z from 'zod';
import { failureOf } from '../../protocol/failures.ts';
import type { FileFault } from '../host/settings/parse-jsonc.ts';
import type { Bench } from '../screens/bench.ts';
import type { ActionArgs } from '../store/action.ts';
import { texts } from '../texts/texts.ts';
import { wordFailure } from '../texts/word-failure.ts';

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
  /** Goes along when one goes back into the editor. */
  readonly carried?: ActionArgs;
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
  if (answer.save === true && answer.text !== undefined) {
    await edited.save(answer.text);
    keepDraft(bench, edited.command, undefined);
    return;
  }
  const draft = answer.text ?? bench.model().ui.drafts[edited.command];
  const before = draft ?? (await edited.read());
  const text = await edited.editText(before, edited.fileName);
  const again = draft !== undefined;
  if (text === undefined || (text === before && !again)) {
    bench.notify('muted', texts.workbench.editing.unchanged);
    return;
  }
  const faults = await edited.check(text);
  if (faults.length > 0) askAgain(bench, text, faults.map(worded), edited);
  else await saveOrAsk(bench, text, edited);
}

function worded({ line, message }: FileFault): string {
  return texts.fileFaults.place(line, message);
}

/** What can't be saved is not lost either. */
async function saveOrAsk(bench: Bench, text: string, edited: EditedText): Promise<void> {
  try {
    await edited.save(text);
    keepDraft(bench, edited.command, undefined);
  } catch (error) {
    const { message, hint } = wordFailure(failureOf(error));
    const wrong = hint === undefined ? [message] : [message, hint];
    askAgain(bench, text, wrong, { ...edited, savesFaults: false });
  }
}

/** Esc closes the question: what was typed is there when the editor is opened again. */
export function keepDraft(bench: Bench, of: string, text: string | undefined): void {
  bench.updateUi((ui) => {
    const { [of]: _before, ...drafts } = ui.drafts;
    return { ...ui, drafts: text === undefined ? drafts : { ...drafts, [of]: text } };
  });
}

/** The first button goes back to what was typed. */
function askAgain(
  bench: Bench,
  text: string,
  wrong: readonly string[],
  { command, fileName, savesFaults, carried = {} }: EditedText,
): void {
  const words = texts.workbench.editing;
  keepDraft(bench, command, text);
  bench.ask({
    title: words.faults(fileName, wrong.length),
    body: wrong,
    tone: 'warning',
    buttons: [
      { label: words.again, action: { command, args: { ...carried, text } } },
      ...(savesFaults
        ? [{ label: words.saveRest, action: { command, args: { text, save: true } } }]
        : []),
      { label: words.discard, action: { command: 'draft.discard', args: { of: command } } },
    ],
  });
}

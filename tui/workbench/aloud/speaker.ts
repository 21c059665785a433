import type { TextSink } from '../../host/terminal-modes.ts';
import type { FieldState } from '../../store/ui-state.ts';
import { texts } from '../../texts/texts.ts';
import { cellWidth } from '../../widgets/cells.ts';

/** Text that is typed, as it stands at the end of what was written. */
export interface Typed {
  readonly id: string;
  readonly label: string;
  readonly field: FieldState;
}

/** Appends to a terminal and never goes back, so that a screen reader reads each line once. */
export interface Speaker {
  /** Lines first, then the text that is being typed. */
  say(lines: readonly string[], typed: Typed | undefined): void;
  /** Leaves the cursor at the start of a line. */
  end(): void;
}

const newLine = '\r\n';
const rubOut = '\b \b';

export function createSpeaker(sink: TextSink): Speaker {
  let open: Typed | undefined;
  const end = (): void => {
    if (open !== undefined) sink.write(newLine);
    open = undefined;
  };
  return {
    say(lines, typed) {
      const goesOn = lines.length === 0 && sameLine(open, typed);
      const change = goesOn ? changeOf(open, typed) : undefined;
      if (change !== undefined) {
        if (change !== '') sink.write(change);
        open = typed;
        return;
      }
      const place = goesOn ? caretWords(open, typed) : [];
      end();
      const whole = typed === undefined ? '' : typed.label + typed.field.text;
      sink.write([...lines, ...place].map((text) => text + newLine).join('') + whole);
      open = typed;
    },
    end,
  };
}

function sameLine(open: Typed | undefined, typed: Typed | undefined): boolean {
  return open?.id === typed?.id && open?.label === typed?.label;
}

/** What writing goes on with; undefined: the line has to be said anew. */
function changeOf(open: Typed | undefined, typed: Typed | undefined): string | undefined {
  if (open === undefined || typed === undefined) return '';
  const [before, after] = [open.field, typed.field];
  if (before.text === after.text) return before.caret === after.caret ? '' : undefined;
  if (after.text.startsWith(before.text)) return after.text.slice(before.text.length);
  if (!before.text.startsWith(after.text)) return undefined;
  return rubOut.repeat(cellWidth(before.text.slice(after.text.length)));
}

/** The cursor of the terminal stays at the end: where the next letter goes is said. */
function caretWords(open: Typed | undefined, typed: Typed | undefined): readonly string[] {
  if (typed === undefined || open?.field.text !== typed.field.text) return [];
  const { text, caret } = typed.field;
  return [texts.aloud.caretAt(Array.from(text.slice(caret))[0] ?? '')];
}

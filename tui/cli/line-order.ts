import { usualColumns } from '../commands/report/wrap-rows.ts';
import { cellOf } from '../host/screen-cell.ts';
import type { Settings } from '../host/settings/settings.ts';
import { whoOrders } from '../host/terminal-capabilities.ts';
import { orderedByProgram, orderedByTerminal } from '../host/terminal-modes.ts';
import { sanitiseText } from '../store/sanitise.ts';
import { isRightToLeft } from '../texts/direction.ts';
import { splitCells } from '../widgets/cells.ts';
import type { Terminal } from './terminal.ts';

/** How lines of a language from the right come to stand on a terminal. */
export interface LineOrder {
  /** That a line may have: a terminal would break it at the end of what is read. */
  readonly columns: number;
  print(lines: readonly string[]): void;
}

/** Undefined: lines are written as they are read, for pipes and for terminals that order them. */
export async function lineOrder(
  terminal: Terminal,
  rtl: Settings['rtl'],
): Promise<LineOrder | undefined> {
  const { env, stdoutIsTty } = terminal;
  if (!isRightToLeft() || !stdoutIsTty || env['TERM'] === 'dumb') return undefined;
  if (whoOrders(rtl, env) === 'terminal') return undefined;
  const { visualCells } = await import('../widgets/right-to-left/order-cells.ts');
  const ordered = (line: string): string => {
    const cells = splitCells(sanitiseText(line)).map((text) => cellOf(text, ''));
    const texts = visualCells.order([cells]).map(({ text }) => text);
    return texts.join('').trimEnd();
  };
  return {
    columns: Math.min(usualColumns, terminal.columns()),
    print: (lines) => {
      const rows = lines.map((line) => `${ordered(line)}\n`);
      terminal.out(`${orderedByProgram}${rows.join('')}${orderedByTerminal}`);
    },
  };
}

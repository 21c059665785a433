import { Writable } from 'node:stream';
import xterm from '@xterm/headless';
import { until } from './until.ts';

/** A terminal without a window: what a program writes to it becomes a screen of cells. */
export interface ScreenTerminal {
  readonly output: NodeJS.WriteStream;
  /** The rows as a person sees them, without blanks at their ends. */
  rows(): readonly string[];
  text(): string;
  /** Every cell with its attributes: two screens that look the same give the same texts. */
  looks(): readonly string[];
  /** Bytes that were written so far. */
  bytes(): number;
  resize(columns: number, rows: number): void;
  /** Waits until the screen shows something. */
  shows(wanted: string | RegExp): Promise<void>;
}

export function createScreenTerminal(columns: number, rows: number): ScreenTerminal {
  // convertEol: Ink writes bare line feeds and relies on the terminal driver's ONLCR.
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    convertEol: true,
    allowProposedApi: true,
  });
  let bytes = 0;
  const writable = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      bytes += Buffer.byteLength(chunk);
      terminal.write(chunk, () => done());
    },
  });
  const output = Object.assign(writable, { isTTY: true, columns, rows });
  const readRows = (): readonly string[] => {
    const { active } = terminal.buffer;
    return Array.from({ length: terminal.rows }, (_, row) =>
      (
        active.getLine(active.viewportY + row)?.translateToString(true, 0, terminal.cols) ?? ''
      ).trimEnd(),
    );
  };
  const text = (): string => readRows().join('\n');
  const looks = (): readonly string[] =>
    Array.from({ length: terminal.rows }, (_, row) => lookOf(terminal, row));
  return {
    output: output as unknown as NodeJS.WriteStream,
    rows: readRows,
    text,
    looks,
    bytes: () => bytes,
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      Object.assign(output, { columns: newColumns, rows: newRows });
      output.emit('resize');
    },
    async shows(wanted) {
      try {
        await until(() => holds(text(), wanted));
      } catch (error) {
        throw new Error(`the screen never showed "${wanted}":\n${text()}`, { cause: error });
      }
    },
  };
}

function lookOf(terminal: xterm.Terminal, row: number): string {
  const { active } = terminal.buffer;
  const line = active.getLine(active.viewportY + row);
  return Array.from({ length: terminal.cols }, (_, column) => {
    const cell = line?.getCell(column);
    if (cell === undefined) return '';
    const blank = (cell.getChars() || ' ') === ' ';
    const signs = [
      cell.isBold() && !blank ? 'b' : '',
      cell.isDim() && !blank ? 'd' : '',
      cell.isInverse() ? 'i' : '',
      cell.isUnderline() ? 'u' : '',
      cell.isFgDefault() || (blank && !cell.isInverse()) ? '' : `f${cell.getFgColor()}`,
      cell.isBgDefault() ? '' : `g${cell.getBgColor()}`,
    ].join('');
    const text = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
    return signs === '' ? text : `${text}{${signs}}`;
  })
    .join('')
    .trimEnd();
}

function holds(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

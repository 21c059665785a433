import { Writable } from 'node:stream';
import xterm from '@xterm/headless';
import { until } from './until.ts';

/** A terminal without a window: what a program writes to it becomes a screen of cells. */
export interface ScreenTerminal {
  readonly output: NodeJS.WriteStream;
  /** The rows as a person sees them, without blanks at their ends. */
  rows(): readonly string[];
  text(): string;
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
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  };
  const text = (): string => readRows().join('\n');
  return {
    output: output as unknown as NodeJS.WriteStream,
    rows: readRows,
    text,
    bytes: () => bytes,
    resize(newColumns, newRows) {
      terminal.resize(newColumns, newRows);
      Object.assign(output, { columns: newColumns, rows: newRows });
      output.emit('resize');
    },
    async shows(wanted) {
      try {
        await until(() => holds(text(), wanted), 10_000);
      } catch (error) {
        throw new Error(`the screen never showed "${wanted}":\n${text()}`, { cause: error });
      }
    },
  };
}

function holds(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}

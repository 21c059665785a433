import { Readable } from 'node:stream';

/**
 * What Ink gets for stdin: a terminal that never says anything. Ink swallows mouse events, joins
 * keys that come in one chunk and has no names for function keys, so it must not see the input;
 * our own reader does (terminal-input.ts). Raw mode is that reader's too.
 */
export function createInkStdin(): NodeJS.ReadStream {
  const silent = new Readable({ read: () => undefined });
  const terminal = Object.assign(silent, {
    isTTY: true,
    setRawMode: () => terminal,
    ref: () => terminal,
    unref: () => terminal,
  });
  // A cast, as these members are all that Ink asks of a terminal.
  return terminal as unknown as NodeJS.ReadStream;
}

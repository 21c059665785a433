import { StringDecoder } from 'node:string_decoder';
import { createDecoder } from '../input/decoder.ts';
import type { InputEvent } from '../input/event.ts';
import { presetSettings } from './settings/settings.ts';

/** A terminal to read keys from: stdin, or a test's. */
export interface TerminalSource {
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface TerminalInput {
  /** Lets go of the terminal, for an editor or the shell. */
  pause(): void;
  resume(): void;
}

/** `escapeWaitMs`: over a bad line the rest of a sequence comes late; a person waits no longer for Esc. */
export function readTerminal(
  source: TerminalSource,
  onEvent: (event: InputEvent) => void,
  escapeWaitMs: () => number = () => presetSettings.escapeTimeoutMs,
): TerminalInput {
  const text = new StringDecoder('utf8');
  const decoder = createDecoder();
  let waiting: NodeJS.Timeout | undefined;
  const deliver = (events: readonly InputEvent[]): void => {
    for (const event of events) onEvent(event);
  };
  const onData = (chunk: Buffer): void => {
    clearTimeout(waiting);
    deliver(decoder.push(text.write(chunk)));
    if (decoder.pending) waiting = setTimeout(() => deliver(decoder.flush()), escapeWaitMs());
  };
  const input: TerminalInput = {
    pause() {
      clearTimeout(waiting);
      source.off('data', onData);
      source.setRawMode?.(false);
      source.pause();
    },
    resume() {
      source.setRawMode?.(true);
      source.on('data', onData);
      source.resume();
    },
  };
  input.resume();
  return input;
}

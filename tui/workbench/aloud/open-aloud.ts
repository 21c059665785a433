import { texts } from '../../texts/texts.ts';
import type { RunningBench } from '../create-bench.ts';
import { type Paced, paced } from '../paced.ts';
import type { Window } from '../window.ts';
import { type Heard, hear, newsOf, wholeOf } from './heard.ts';
import { createSpeaker } from './speaker.ts';

/** What comes within this time is one piece of news; answers to keys come at once. */
const leastMs = 250;

/** The workbench for a screen reader: lines that are only appended, nothing is ever drawn over. */
export function openAloud(
  running: RunningBench,
  output: NodeJS.WriteStream,
  onFault: (error: unknown) => void,
): Window {
  const changes: Paced = paced(running.subscribe, leastMs);
  const speaker = createSpeaker(output);
  let heard: Heard | undefined;
  let suspended = false;
  const hearNow = (): Heard => hear(running.bench.model(), running.frame());
  const speak = (lines: readonly string[], now: Heard): void => {
    const { id, typed } = now.focus;
    speaker.say(lines, typed === undefined ? undefined : { id, ...typed });
    heard = now;
  };
  const paint = (): void => {
    if (suspended) return;
    try {
      const now = hearNow();
      speak(heard === undefined ? [texts.aloud.welcome, ...wholeOf(now)] : newsOf(heard, now), now);
    } catch (error) {
      onFault(error);
    }
  };
  paint();
  const rendered = import('../render-workbench.tsx').then(({ renderDriven }) =>
    renderDriven({ running, changes, paint }, output),
  );
  return {
    flush: changes.flush,
    redraw() {
      const now = hearNow();
      speak(wholeOf(now), now);
    },
    async suspend(callback) {
      suspended = true;
      speaker.end();
      try {
        await callback();
      } finally {
        suspended = false;
      }
    },
    async close() {
      const instance = await rendered;
      changes[Symbol.dispose]();
      instance.unmount();
      await instance.waitUntilExit();
      speaker.end();
    },
  };
}

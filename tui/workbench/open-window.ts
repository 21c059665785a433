import { createScreenDriver } from '../host/screen-driver.ts';
import { enterScreen, leaveScreen, setOwnOrder } from '../host/terminal-modes.ts';
import { screenRows } from '../widgets/screen-rows.ts';
import { openAloud } from './aloud/open-aloud.ts';
import type { RunningBench } from './create-bench.ts';
import { paced } from './paced.ts';
import { type TextOrderer, textOrder } from './text-order.ts';
import type { Window } from './window.ts';

/** Some 40 frames a second at most, beside the answers to keys. */
const leastFrameMs = 25;

/** Out of React, which would catch it and show it to nobody: the guard of the terminal tells of it. */
function throwOutside(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

export interface WindowOptions {
  /** For a screen reader: lines, one after the other; for everybody else cells, by the screen driver. */
  readonly aloud?: boolean;
  /** Of text from right to left; absent: Kedge. */
  readonly orderer?: () => TextOrderer;
  readonly onFault?: (error: unknown) => void;
}

export function openWindow(
  running: RunningBench,
  output: NodeJS.WriteStream,
  { aloud = false, orderer = () => 'kedge', onFault = throwOutside }: WindowOptions = {},
): Window {
  if (aloud) return openAloud(running, output, onFault);
  return openDriven(running, output, orderer, onFault);
}

function openDriven(
  running: RunningBench,
  output: NodeJS.WriteStream,
  orderer: () => TextOrderer,
  onFault: (error: unknown) => void,
): Window {
  const changes = paced(running.subscribe, leastFrameMs);
  const screen = createScreenDriver(output);
  let suspended = false;
  let closed = false;
  const paint = (): void => {
    if (suspended) return;
    try {
      const { lines, layout } = running.frame();
      const order = textOrder(orderer);
      setOwnOrder(output, order?.name === 'kedge');
      screen.paint(screenRows(running.theme(), lines, order), layout.columns);
    } catch (error) {
      onFault(error);
    }
  };
  const drawAnew = (): void => {
    screen.forget();
    running.touch();
  };
  enterScreen(output);
  output.on('resize', drawAnew);
  // Ink takes longer to load than all the rest: the first frame is there before.
  paint();
  const rendered = import('./render-workbench.tsx').then(({ renderDriven }) =>
    renderDriven({ running, changes, paint }, output),
  );
  return {
    flush: changes.flush,
    redraw: drawAnew,
    async suspend(callback) {
      suspended = true;
      leaveScreen(output);
      try {
        await callback();
      } finally {
        // Killed meanwhile, it must not take the terminal again.
        if (!closed) {
          enterScreen(output);
          screen.forget();
          suspended = false;
        }
      }
    },
    async close() {
      closed = true;
      const instance = await rendered;
      changes[Symbol.dispose]();
      output.off('resize', drawAnew);
      instance.unmount();
      await instance.waitUntilExit();
      if (!suspended) leaveScreen(output);
    },
  };
}

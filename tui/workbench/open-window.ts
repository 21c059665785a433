import { createScreenDriver } from '../host/screen-driver.ts';
import { readsAloud } from '../host/terminal-capabilities.ts';
import { enterScreen, leaveScreen } from '../host/terminal-modes.ts';
import { screenRows } from '../widgets/screen-rows.ts';
import type { RunningBench } from './create-bench.ts';
import { type Paced, paced } from './paced.ts';

/** The workbench on a terminal. */
export interface Window {
  /** Shows now what would be shown within the next moment. */
  flush(): void;
  /** Gives the terminal away until the callback is done. */
  suspend(callback: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Some 40 frames a second at most, beside the answers to keys. */
const leastFrameMs = 25;

/** Out of React, which would catch it and show it to nobody: the guard of the terminal tells of it. */
function throwOutside(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** A screen reader gets Ink's lines one under the other; everybody else cells, by the screen driver. */
export function openWindow(
  running: RunningBench,
  output: NodeJS.WriteStream,
  environment: Readonly<Record<string, string | undefined>>,
  onFault: (error: unknown) => void = throwOutside,
): Window {
  const changes = paced(running.subscribe, leastFrameMs);
  return readsAloud(environment)
    ? openAloud(running, changes, output)
    : openDriven(running, changes, output, onFault);
}

function openDriven(
  running: RunningBench,
  changes: Paced,
  output: NodeJS.WriteStream,
  onFault: (error: unknown) => void,
): Window {
  const screen = createScreenDriver(output);
  let suspended = false;
  let closed = false;
  const paint = (): void => {
    if (suspended) return;
    try {
      const { lines, layout } = running.frame();
      screen.paint(screenRows(running.theme, lines), layout.columns);
    } catch (error) {
      onFault(error);
    }
  };
  const onResize = (): void => {
    screen.forget();
    running.touch();
  };
  enterScreen(output);
  output.on('resize', onResize);
  // Ink takes longer to load than all the rest: the first frame is there before.
  paint();
  const rendered = import('./render-workbench.tsx').then(({ renderDriven }) =>
    renderDriven({ running, changes, paint }, output),
  );
  return {
    flush: changes.flush,
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
      output.off('resize', onResize);
      instance.unmount();
      await instance.waitUntilExit();
      if (!suspended) leaveScreen(output);
    },
  };
}

function openAloud(running: RunningBench, changes: Paced, output: NodeJS.WriteStream): Window {
  let suspendInk: ((callback: () => Promise<void>) => Promise<void>) | undefined;
  const rendered = import('./render-workbench.tsx').then(({ renderAloud }) =>
    renderAloud({ running, changes, onSuspender: (given) => (suspendInk = given) }, output),
  );
  return {
    flush: changes.flush,
    suspend: async (callback) => await suspendInk?.(callback),
    async close() {
      const instance = await rendered;
      changes[Symbol.dispose]();
      instance.unmount();
      await instance.waitUntilExit();
    },
  };
}

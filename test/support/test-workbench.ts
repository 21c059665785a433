import type { Settings } from '../../tui/host/settings/settings.ts';
import { fixedSettings } from '../../tui/host/settings/settings-store.ts';
import { memoryFile } from '../../tui/host/settings/user-file.ts';
import { whoOrders } from '../../tui/host/terminal-capabilities.ts';
import { createDecoder } from '../../tui/input/decoder.ts';
import { screens } from '../../tui/screens/screens.ts';
import { openSession } from '../../tui/store/session.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import type { ColourDepth } from '../../tui/theme/colour.ts';
import { screenRows } from '../../tui/widgets/screen-rows.ts';
import { createBench, type RunningBench } from '../../tui/workbench/create-bench.ts';
import { handleInput } from '../../tui/workbench/handle-input.ts';
import { openWindow } from '../../tui/workbench/open-window.ts';
import { type TextOrderer, textOrder } from '../../tui/workbench/text-order.ts';
import { cannedNowMs } from './canned-snapshot.ts';
import type { FakeKedge } from './fake-kedge.ts';
import { createScreenTerminal, type ScreenTerminal } from './screen-terminal.ts';
import { until } from './until.ts';

/** The real workbench on a screen terminal, driven by the bytes of keys. */
export interface TestWorkbench extends ScreenTerminal {
  readonly running: RunningBench;
  readonly copied: string[];
  readonly left: () => number | undefined;
  /** Draws what is waiting to be drawn. */
  flush(): void;
  /** Bytes as a terminal sends them. */
  press(...keys: readonly string[]): void;
  /** Gives the terminal away, as for an editor. */
  suspend(callback: () => Promise<void>): Promise<void>;
  /** Waits until the screen is exactly the frame of the state now. */
  settled(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface TestWorkbenchOptions {
  readonly columns: number;
  readonly rows: number;
  readonly ascii?: boolean;
  readonly depth?: ColourDepth;
  readonly now?: () => number;
  readonly settings?: Partial<Settings>;
  /** Text of a keybindings.json. */
  readonly keys?: string;
  /** What the editor makes of a text; absent: it is left as it was. */
  readonly edit?: (text: string) => string | undefined;
  /** For a screen reader. */
  readonly aloud?: boolean;
}

export async function openTestWorkbench(
  fake: FakeKedge,
  options: TestWorkbenchOptions,
): Promise<TestWorkbench> {
  const screen = createScreenTerminal(options.columns, options.rows);
  const session = openSession({
    socket: fake.socket,
    client: 'test',
    reconnect: 'always',
    log: true,
  });
  const { aloud = false } = options;
  const settings = fixedSettings({
    ascii: options.ascii === true ? 'on' : 'off',
    ...options.settings,
  });
  const copied: string[] = [];
  let exitCode: number | undefined;
  const running = createBench({
    session,
    screens,
    aloud,
    capabilities: { depth: options.depth ?? '16', unicode: !aloud },
    settings,
    keysFile: memoryFile(options.keys),
    initialUi: initialUiState,
    host: {
      size: () =>
        aloud
          ? { columns: 160, rows: 40 }
          : { columns: screen.output.columns, rows: screen.output.rows },
      now: options.now ?? (() => cannedNowMs),
      suspend: async (callback) => await callback(),
      stopToShell: async () => undefined,
      redraw: () => window.redraw(),
      setMouse: () => undefined,
      copy: (text) => void copied.push(text),
      editText: async (text) => options.edit?.(text),
      leave: (code) => {
        exitCode = code;
      },
    },
  });
  running.tellFaults();
  const orderer = (): TextOrderer => whoOrders(settings.get().rtl, {});
  const window = openWindow(running, screen.output, { aloud, orderer });
  const decoder = createDecoder();
  const target = { bench: running.bench, resolver: running.resolver, frame: running.frame };
  await session.loadBackups(500).catch(() => undefined);
  const frameRows = (): readonly string[] =>
    screenRows(running.theme(), running.frame().lines, textOrder(orderer)).map(({ cells }) =>
      cells()
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    );
  return {
    ...screen,
    running,
    copied,
    flush: window.flush,
    suspend: window.suspend,
    left: () => exitCode,
    press(...keys) {
      for (const key of keys) {
        for (const event of [...decoder.push(key), ...decoder.flush()]) handleInput(target, event);
      }
    },
    async settled() {
      try {
        await until(() => screen.rows().join('\n') === frameRows().join('\n'));
      } catch (error) {
        const shown = `${screen.text()}\n--- but the frame is\n${frameRows().join('\n')}`;
        throw new Error(`the screen never became the frame:\n${shown}`, { cause: error });
      }
    },
    async [Symbol.asyncDispose]() {
      await window.close();
      running[Symbol.dispose]();
      await session[Symbol.asyncDispose]();
    },
  };
}

import { copySequence } from '../host/clipboard.ts';
import { editInEditor } from '../host/editor.ts';
import { guardTerminal } from '../host/guard-terminal.ts';
import { ownName } from '../host/own-name.ts';
import { ownTerminal } from '../host/own-terminal.ts';
import type { Settings } from '../host/settings/settings.ts';
import { settingsForWindow } from '../host/settings/settings-for-window.ts';
import { openSettings } from '../host/settings/settings-store.ts';
import { userFile } from '../host/settings/user-file.ts';
import type { Server } from '../host/ssh/server.ts';
import { stopToShell } from '../host/stop-to-shell.ts';
import {
  detectCapabilities,
  isReadAloud,
  refusesScreen,
  whoOrders,
} from '../host/terminal-capabilities.ts';
import { readTerminal, type TerminalSource } from '../host/terminal-input.ts';
import { setMouse, turnModesOff, turnModesOn } from '../host/terminal-modes.ts';
import { createTerminalTitle, type TerminalTitle, takesTitle } from '../host/terminal-title.ts';
import { readUiMemory, uiMemoryPath, writeUiMemory } from '../host/ui-memory.ts';
import { screens } from '../screens/screens.ts';
import { openSession, type Session } from '../store/session.ts';
import type { UiState } from '../store/ui-state.ts';
import { chooseLanguage } from '../texts/choose-language.ts';
import { speak } from '../texts/speak.ts';
import type { Capabilities } from '../theme/create-theme.ts';
import { throughWindows, type WindowOfTarget } from './connection/through-windows.ts';
import { createBench } from './create-bench.ts';
import { followTitle } from './follow-title.ts';
import { handleInput } from './handle-input.ts';
import { leaveSummary } from './leave-summary.ts';
import { openWindow } from './open-window.ts';
import { rememberedUi, toRemember } from './remembered-ui.ts';
import { loadTextOrder } from './text-order.ts';

export interface WorkbenchOptions {
  /** With a server only its name, for messages. */
  readonly socket: string;
  readonly server?: Server | undefined;
  readonly demo: boolean;
  /** From the command line, before those of the file. */
  readonly settings: Partial<Settings>;
}

/** A terminal as the workbench needs it: stdin and stdout, or a test's. */
export interface Terminal {
  readonly input: TerminalSource;
  readonly output: NodeJS.WriteStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs the workbench until it is left. Resolves with the exit code. */
export async function openWorkbench(options: WorkbenchOptions): Promise<number> {
  const terminal: Terminal = {
    input: process.stdin,
    output: process.stdout,
    environment: process.env,
  };
  const refusal = refusesScreen(process.env, process.stdin.isTTY && process.stdout.isTTY);
  if (refusal !== undefined) {
    process.stderr.write(`kedge: ${refusal}. "kedge --help" lists what works without one.\n`);
    return 2;
  }
  return await throughWindows(options, process.env, async ({ target, line, ...window }) => {
    await using session = openSession({
      socket: target.socket,
      dial: line?.dial,
      server: target.server?.name,
      client: 'kedge',
      claimedUser: ownName(process.env),
      tty: ownTerminal(),
      reconnect: 'always',
      log: true,
    });
    return await runWorkbench(terminal, session, { settings: options.settings, ...window });
  });
}

/** Of a window that nobody sees: with room for all columns, in signs that have a name. */
const spokenSize = { columns: 160, rows: 40 };
const spokenCapabilities: Capabilities = { depth: 'none', unicode: false };

/** Of SIGINT. */
const interruptCode = 130;

/** How many of the newest backups are kept at hand. */
const backupsAtHand = 1_000;

export async function runWorkbench(
  terminal: Terminal,
  session: Session,
  options: Pick<WorkbenchOptions, 'settings'> & Partial<WindowOfTarget>,
): Promise<number> {
  const { output, environment } = terminal;
  const { promise: left, resolve: leave } = Promise.withResolvers<{
    readonly code: number;
    readonly summary: readonly string[];
  }>();
  // A signal may end it while the terminal is given away.
  let hasLeft = false;
  let isAway = false;
  const memoryPath = uiMemoryPath(environment);
  // The records of commands and keys are made in English, by which they are looked up; another window may have changed it.
  await speak('en');
  using settings = settingsForWindow(openSettings(environment), options.settings);
  const aloud = isReadAloud(settings.get().screenReader, environment);
  const suspend = async (callback: () => Promise<void>): Promise<void> => {
    input.pause();
    turnModesOff(output);
    isAway = true;
    try {
      await window.suspend(callback);
    } finally {
      isAway = false;
      if (!hasLeft) {
        turnModesOn(output, running.ui().mouse);
        input.resume();
        running.touch();
      }
    }
  };
  using running = createBench({
    session,
    screens,
    settings,
    keysFile: userFile(environment, 'keybindings.json'),
    systemLanguage: chooseLanguage(undefined, environment),
    aloud,
    capabilities: aloud ? spokenCapabilities : detectCapabilities(environment),
    initialUi: firstUi(rememberedUi(readUiMemory(memoryPath), settings.get()), aloud),
    host: {
      size: () => (aloud ? spokenSize : { columns: output.columns || 80, rows: output.rows || 24 }),
      redraw: () => window.redraw(),
      now: Date.now,
      suspend,
      stopToShell,
      setMouse: (on) => setMouse(output, on),
      copy: (text) => {
        if (settings.get().clipboard) output.write(copySequence(text));
      },
      editText: (text, fileName) => editInEditor(text, fileName, suspend),
      leave: (code, summary) => leave({ code, summary }),
      ...(options.connection === undefined ? {} : { connection: options.connection }),
    },
  });
  await speak(chooseLanguage(options.settings.language, environment, settings.get().language));
  await loadTextOrder();
  running.tellFaults();
  void session.loadBackups(backupsAtHand).catch(() => undefined);
  using _guard = guardTerminal(output, (code) => {
    // Ctrl+C is meant for the program that has the terminal now.
    if (code !== interruptCode || !isAway) leave({ code, summary: [] });
  });
  const window = openWindow(running, output, {
    aloud,
    orderer: () => whoOrders(settings.get().rtl, environment),
  });
  turnModesOn(output, running.ui().mouse);
  const target = { bench: running.bench, resolver: running.resolver, frame: running.frame };
  const input = readTerminal(
    terminal.input,
    (event) => {
      handleInput(target, event);
      window.flush();
    },
    () => settings.get().escapeTimeoutMs,
  );
  running.bench.run({ command: 'view.show', args: { view: running.ui().view } });
  if (options.greeting !== undefined) running.bench.notify('error', options.greeting);

  const title = titleOf(terminal, aloud);
  const followed = followTitle(title, session.store, settings);

  const { code, summary } = await left;
  hasLeft = true;
  writeUiMemory(memoryPath, toRemember(running.ui()));
  const words = summary.length > 0 ? summary : leaveSummary(session.store.get());
  input.pause();
  followed[Symbol.dispose]();
  turnModesOff(output);
  await window.close();
  for (const line of words) output.write(`${line}\n`);
  return code;
}

/** To a screen reader a title says nothing that the lines do not. */
function titleOf({ output, environment }: Terminal, aloud: boolean): TerminalTitle {
  if (!aloud && takesTitle(environment)) return createTerminalTitle(output);
  return { show: () => undefined };
}

/** A card over a screen would be read in the middle of it. */
function firstUi({ tour, ...ui }: UiState, aloud: boolean): UiState {
  // What is only said has no place for a click.
  if (aloud) return { ...ui, mouse: false };
  return tour === undefined ? ui : { ...ui, tour };
}

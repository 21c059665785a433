import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const deadlineMs = 60_000;
const lookMs = 50;

/** A program in a real terminal of its own tmux server. */
export interface Terminal extends AsyncDisposable {
  /** Keys as tmux names them ("Enter", "Tab", "C-p"). */
  press(...keys: readonly string[]): Promise<void>;
  /** Bytes as a terminal sends them, such as those of a mouse. */
  send(bytes: string): Promise<void>;
  /** A click on the first place that shows this text. */
  click(text: string | RegExp, button?: 'left' | 'right'): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** Process of what runs in it. */
  pid(): Promise<number>;
  /** Text as it is. */
  type(text: string): Promise<void>;
  screen(): Promise<string>;
  /** Waits until the screen shows this; answers the screen. */
  shows(wanted: string | RegExp): Promise<string>;
  /** Waits until the screen shows this no more. */
  hides(unwanted: string): Promise<string>;
  /** SIGKILL, as by a machine that goes away. */
  kill(): Promise<void>;
  /** Waits until the program has ended, and the tmux server, whose words hold those of the program. */
  ended(): Promise<void>;
}

export interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly environment: Readonly<Record<string, string>>;
  /** argv of the program. */
  readonly command: readonly string[];
  /** Nothing is remembered of an earlier window: the tour begins. */
  readonly firstStart?: boolean;
}

export async function openTerminal(options: TerminalOptions): Promise<Terminal> {
  const server = `kedge-${randomUUID().slice(0, 8)}`;
  const tmux = async (...args: readonly string[]): Promise<string> =>
    (await run('tmux', ['-L', server, '-f', '/dev/null', ...args])).stdout;
  if (options.firstStart !== true) rememberWindow(options.environment['XDG_STATE_HOME']);
  // CI in the environment, even empty, would make Ink believe that this is no terminal.
  const environment = Object.entries(options.environment).map(
    ([name, value]) => `${name}=${value}`,
  );
  const serverPid = await tmux(
    'new-session',
    '-d',
    '-P',
    '-F',
    '#{pid}',
    '-x',
    String(options.columns),
    '-y',
    String(options.rows),
    'env',
    '-u',
    'CI',
    ...environment,
    ...options.command,
  );

  const screen = async (): Promise<string> => await tmux('capture-pane', '-p');
  const until = async (what: string, fits: (text: string) => boolean): Promise<string> => {
    const deadline = Date.now() + deadlineMs;
    let text = await screen();
    while (!fits(text)) {
      if (Date.now() > deadline) throw new Error(`the screen never ${what}:\n${text}`);
      await new Promise((resolve) => setTimeout(resolve, lookMs));
      text = await screen();
    }
    return text;
  };
  const send = async (bytes: string): Promise<void> => {
    const codes = [...Buffer.from(bytes)].map((byte) => byte.toString(16));
    await tmux('send-keys', '-H', ...codes);
  };
  const ended = async (): Promise<void> => {
    const deadline = Date.now() + deadlineMs;
    while (runs(serverPid.trim())) {
      if (Date.now() > deadline) throw new Error(`it never ended:\n${await screen()}`);
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  };
  return {
    press: async (...keys) => void (await tmux('send-keys', ...keys)),
    send,
    async click(text, button = 'left') {
      const { column, row } = placeOf(await screen(), text);
      const at = `${button === 'left' ? 0 : 2};${column + 1};${row + 1}`;
      await send(`\u001b[<${at}M\u001b[<${at}m`);
    },
    resize: async (columns, rows) =>
      void (await tmux('resize-window', '-x', String(columns), '-y', String(rows))),
    pid: async () => Number(await tmux('list-panes', '-F', '#{pane_pid}')),
    type: async (text) => void (await tmux('send-keys', '-l', text)),
    screen,
    shows: async (wanted) =>
      await until(`showed ${wanted}`, (text) =>
        typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text),
      ),
    hides: async (unwanted) => await until(`hid ${unwanted}`, (text) => !text.includes(unwanted)),
    async kill() {
      const pid = Number(await tmux('list-panes', '-F', '#{pane_pid}'));
      process.kill(pid, 'SIGKILL');
      await ended();
    },
    ended,
    [Symbol.asyncDispose]: async () => void (await tmux('kill-server').catch(() => undefined)),
  };
}

/** A process that only waits to be reaped has no words. */
function runs(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

/** As after an earlier window, whose tour was left. */
function rememberWindow(stateHome: string | undefined): void {
  if (stateHome === undefined) return;
  const path = join(stateHome, 'kedge', 'workbench.json');
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, JSON.stringify({ view: 'overview', panel: { tab: 'jobs' } }));
}

/** The cell in the middle of a text, counted from 0. */
function placeOf(screen: string, text: string | RegExp): { column: number; row: number } {
  for (const [row, line] of screen.split('\n').entries()) {
    const at = typeof text === 'string' ? line.indexOf(text) : line.search(text);
    if (at === -1) continue;
    const found = typeof text === 'string' ? text : (text.exec(line)?.[0] ?? '');
    return { column: [...line.slice(0, at)].length + Math.floor([...found].length / 2), row };
  }
  throw new Error(`"${text}" is not on the screen:\n${screen}`);
}

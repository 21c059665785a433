import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { SeenTerminal } from './terminal.ts';

const run = promisify(execFile);
const answerMs = 1_000;

/** The terminal of this process. */
export async function readTerminal(): Promise<SeenTerminal> {
  const { env, stdout } = process;
  const seen = {
    env,
    isTty: stdout.isTTY === true,
    columns: stdout.columns ?? 80,
    rows: stdout.rows ?? 24,
  };
  const escapeMs = env['TMUX'] === undefined ? undefined : await tmuxEscapeMs();
  return escapeMs === undefined ? seen : { ...seen, escapeMs };
}

/** How long tmux waits whether more comes after an Esc. */
async function tmuxEscapeMs(): Promise<number | undefined> {
  const asked = run('tmux', ['show-options', '-sv', 'escape-time'], { timeout: answerMs });
  const answer = await asked.then(({ stdout }) => stdout.trim()).catch(() => '');
  return /^\d+$/.test(answer) ? Number(answer) : undefined;
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedJob, cannedSnapshot } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { testWith } from '../support/require-tool.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTerminal, type Terminal } from '../support/tmux.ts';
import { until } from '../support/until.ts';

const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));
const esc = '\u001b';

/** What each terminal sends for F1, Home, End, PgDn, F6 and, on its number pad, 1 and Enter. */
const terminals = [
  [
    'putty-256color',
    { f1: '[11~', home: '[1~', end: '[4~', next: '[6~', f6: '[17~', one: 'Oq', enter: 'OM' },
  ],
  [
    'linux',
    { f1: '[[A', home: '[1~', end: '[4~', next: '[6~', f6: '[17~', one: 'Oq', enter: 'OM' },
  ],
  [
    'screen',
    { f1: 'OP', home: '[1~', end: '[4~', next: '[6~', f6: '[17~', one: 'Oq', enter: 'OM' },
  ],
  ['xterm', { f1: 'OP', home: '[H', end: '[F', next: '[6~', f6: '[17~', one: 'Oq', enter: 'OM' }],
] as const;

interface Opened {
  readonly fake: FakeKedge;
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

async function fakeIn(folder: string): Promise<Opened> {
  const fake = await startFakeKedge();
  answerEverything(fake);
  const state = join(folder, 'state');
  mkdirSync(state, { recursive: true });
  const environment = { XDG_STATE_HOME: state, XDG_CONFIG_HOME: state, LANG: 'C.UTF-8', TZ: 'UTC' };
  return { fake, folder, environment };
}

async function openWindow(
  { fake, environment }: Opened,
  columns = 80,
  rows = 24,
  more: Readonly<Record<string, string>> = {},
): Promise<Terminal> {
  const terminal = await openTerminal({
    columns,
    rows,
    environment: { ...environment, ...more },
    command: ['sh', kedge, '--socket', fake.socket],
  });
  await terminal.shows('Kedge ok');
  return terminal;
}

testWith('tmux')(
  'the bytes that terminals send for keys arrive as keys',
  async () => {
    using folder = tempFolder();
    const opened = await fakeIn(folder.path);
    await using _fake = opened.fake;
    for (const [name, sent] of terminals) {
      await using terminal = await openWindow(opened, 80, 24, { TERM: name });
      const send = async (bytes: string) => await terminal.send(esc + bytes);
      await terminal.press('2');
      await terminal.shows('clinic 2026-11-21 11:00:00');
      await send(sent.end);
      await terminal.shows(/> ?clinic 2026-11-19 20:00:00/);
      await send(sent.home);
      await terminal.shows(/> ?clinic 2026-11-21 11:00:00/);
      await send(sent.next);
      await terminal.hides('> clinic 2026-11-21 11:00:00');
      await send(sent.home);
      await terminal.shows(/> ?clinic 2026-11-21 11:00:00/);
      await send(sent.enter);
      await terminal.shows('SHA-256');
      await terminal.press('Escape');
      await terminal.hides('SHA-256');
      await send(sent.f1);
      await terminal.shows('Commands');
      await terminal.press('Escape');
      await terminal.hides('type a part of a command');
      await send(sent.f6);
      await terminal.shows('[JOBS');
      await send(sent.one);
      await terminal.shows('All is well');
      await terminal.press('q');
      await terminal.ended();
    }
  },
  120_000,
);

testWith('tmux')(
  'Ctrl+Z gives the shell back and fg the screen; SIGHUP ends it at once, and the next start tells what is at work',
  async () => {
    using folder = tempFolder();
    const opened = await fakeIn(folder.path);
    await using fake = opened.fake;
    await using shell = await openTerminal({
      columns: 80,
      rows: 24,
      environment: opened.environment,
      command: ['bash', '--norc', '--noprofile', '-i'],
    });
    await shell.type(`PS1='prompt> '; sh '${kedge}' --socket '${fake.socket}'`);
    await shell.press('Enter');
    await shell.shows('All is well');
    await shell.press('C-z');
    await shell.shows(/Stopped/);
    await shell.hides('All is well');
    await shell.type('fg');
    await shell.press('Enter');
    await shell.shows('All is well');
    await shell.press('7');
    await shell.shows('40.0 GiB');
    await shell.press('q');
    await shell.shows(/prompt>\s*$/);
    await shell[Symbol.asyncDispose]();

    fake.snapshot = cannedSnapshot({ jobs: [cannedJob()] });
    const window = await openWindow(opened);
    await window.shows('40.0 GiB');
    const started = performance.now();
    process.kill(await window.pid(), 'SIGHUP');
    await window.ended();
    expect(performance.now() - started).toBeLessThan(5_000);
    await until(() => fake.connections() === 0);
    expect(fake.calls.filter(({ method }) => method === 'job.cancel')).toEqual([]);
    await using again = await openWindow(opened);
    await again.shows('At work since before: Back up clinic');
    await again.shows('40.0 GiB');
  },
  180_000,
);

testWith('tmux')(
  'after a storm of 200 sizes the screen is that of a new window',
  async () => {
    using folder = tempFolder();
    const opened = await fakeIn(folder.path);
    await using _fake = opened.fake;
    await using terminal = await openWindow(opened, 120, 40);
    const sizes = [
      [80, 24],
      [30, 8],
      [161, 50],
      [60, 15],
      [40, 10],
      [100, 30],
    ] as const;
    for (let n = 0; n < 200; n += 1) {
      const [columns, rows] = sizes[n % sizes.length] ?? [80, 24];
      await terminal.resize(columns, rows);
      if (n % 25 === 0) await terminal.press(n % 50 === 0 ? '5' : '3');
    }
    await terminal.resize(100, 30);
    await terminal.press('7');
    await terminal.shows('40.0 GiB');
    await using fresh = await openWindow(opened, 100, 30);
    await fresh.press('7');
    await fresh.shows('40.0 GiB');
    // What both show may still change: the other window, an age.
    await until(async () => (await terminal.screen()) === (await fresh.screen()), 20_000, 100);
    await terminal.press('q');
    await terminal.ended();
  },
  180_000,
);

import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { openSession, type RunningKedge, startKedgeThrough } from '../support/kedge.ts';
import { asServerUser } from '../support/private-server.ts';
import { testWith } from '../support/require-tool.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import {
  giveToUser,
  hasSshd,
  sshProgramsTo,
  startSshd,
  type TestSshd,
  testWithSshd,
} from '../support/sshd.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { openTerminal, type Terminal } from '../support/tmux.ts';
import { takeVerified } from '../support/transfer-fixture.ts';

const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));
const main = fileURLToPath(new URL('../../tui/main.ts', import.meta.url));

interface There {
  readonly kedge: RunningKedge;
  readonly backup: Backup;
}

/** The Kedge of another user, with a backup. */
async function startThere(): Promise<There> {
  const folder = temporaryFolder();
  const { home } = await makeSmallApplication(folder);
  giveToUser(folder);
  const started = await startKedgeThrough(asServerUser([]), home);
  using session = await openSession(started.socket);
  return { kedge: started, backup: await takeVerified(session) };
}

async function choose(terminal: Terminal, command: string): Promise<void> {
  await terminal.type(':');
  await terminal.shows('Commands');
  await terminal.type(command);
  await terminal.shows(new RegExp(`> .*${command}`, 'i'));
  await terminal.press('Enter');
}

/** ssh asks for the nth time; what was asked before stands above it. */
async function asks(terminal: Terminal, nth: number): Promise<void> {
  await terminal.shows(new RegExp(`(Connecting to[^]*){${nth}}fingerprint\\]\\)\\?\\s*$`));
}

/** The host key is known to nobody: ssh asks before the window takes the screen. */
async function arrive(terminal: Terminal, { address }: TestSshd): Promise<void> {
  await asks(terminal, 1);
  await terminal.type('yes');
  await terminal.press('Enter');
  await terminal.shows(new RegExp(`Shop .*on ${address} .*Kedge ok`));
}

/** One that has just ended is cut already. */
function cutLines({ port }: TestSshd): void {
  for (const pid of sshProgramsTo(port)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/** While there is a file at `barrier` nobody gets to the Kedge there. */
async function loseAndReturn(terminal: Terminal, sshd: TestSshd, barrier: string): Promise<void> {
  writeFileSync(barrier, '');
  cutLines(sshd);
  await terminal.shows(/disconnected \d+ s/);
  rmSync(barrier);
  await terminal.shows(/on .* Kedge ok/);
  rmSync(sshd.knownHosts);
  cutLines(sshd);
  await terminal.shows(/not reachable +Host key verification failed/);
  await terminal.shows('What you see is from before that.');
  await terminal.press('C-r');
  await asks(terminal, 2);
  await terminal.press('C-c');
  await terminal.shows('What you see is from before that.');
  await terminal.press('C-r');
  await asks(terminal, 3);
  await terminal.type('yes');
  await terminal.press('Enter');
  await terminal.shows(/on .* Kedge ok/);
}

async function download(terminal: Terminal, backup: Backup, folder: string): Promise<void> {
  await choose(terminal, 'Download a backup');
  await terminal.shows(basename(backup.path));
  await terminal.press('Enter');
  await terminal.shows(/[Dd]ownloaded/);
  expect(readdirSync(folder)).toContain(basename(backup.path));
}

/** On this machine none runs: the window says so, and starts it. */
async function startHere(terminal: Terminal, home: string): Promise<void> {
  await choose(terminal, 'Connect to a server');
  await terminal.shows(/> This machine/);
  await terminal.press('Enter');
  await terminal.shows('Nothing is protected here yet.');
  await terminal.shows('>[ Protect an application... ]');
  writeFileSync(join(home, 'kedge.jsonc'), '{}');
  await terminal.press('C-r');
  await terminal.shows('>[ Start Kedge ]');
  await terminal.press('Enter');
  await terminal.shows(/Kedge ok/);
}

const testRemote = hasSshd ? testWith('tmux') : testWithSshd;

testRemote(
  'a window goes to another machine by ssh, comes back after cuts, and starts the Kedge here',
  async () => {
    const folder = temporaryFolder();
    const home = join(folder, 'own');
    mkdirSync(home);
    // Seen by the other user, too.
    const barrier = join(tmpdir(), `kedge-barrier-${randomUUID()}`);
    using _barrier = { [Symbol.dispose]: () => rmSync(barrier, { force: true }) };
    const wait = `while test -e '${barrier}'; do sleep 0.05; done`;
    await using sshd = await startSshd(`${wait}; '${process.execPath}' '${main}'`);
    const there = await startThere();
    await using _there = there.kedge;
    rmSync(sshd.knownHosts);
    const words = ['--server', sshd.address, '--socket', there.kedge.socket, ...sshd.words];
    await using terminal = await openTerminal({
      columns: 120,
      rows: 40,
      environment: { HOME: folder, KEDGE_HOME: home, XDG_STATE_HOME: folder, LANG: 'C.UTF-8' },
      command: ['sh', '-c', `cd '${folder}' && exec sh "$@"`, 'sh', kedge, ...words],
    });
    await arrive(terminal, sshd);
    await loseAndReturn(terminal, sshd, barrier);
    await download(terminal, there.backup, folder);
    try {
      await startHere(terminal, home);
    } finally {
      process.kill(Number(readFileSync(join(home, 'state', 'kedge.pid'), 'utf8')));
    }
  },
  240_000,
);

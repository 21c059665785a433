import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { moveTo } from '../support/move-to.ts';
import { testWith } from '../support/require-tool.ts';
import { demoStoppedAtLast } from '../support/stop-demo.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTerminal, type Terminal } from '../support/tmux.ts';

const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));
const sizes = [
  [120, 40],
  [80, 24],
] as const;

async function backUpWithName(terminal: Terminal, home: string): Promise<void> {
  await terminal.press('b');
  await terminal.shows('Back up now');
  await terminal.type('before update');
  await terminal.shows('before update');
  await terminal.press('Enter');
  await terminal.shows(/before update.* full .*verified/);
  expect(existsSync(join(home, 'backups', 'before update.tar.zst'))).toBe(true);
}

async function causeAccident(terminal: Terminal, name: string): Promise<void> {
  await terminal.type(':');
  await terminal.shows('Commands');
  await terminal.type(name);
  await terminal.shows(new RegExp(`> .*${name}`));
  await terminal.press('Enter');
  await terminal.shows('[ Cancel ]');
  await moveTo(terminal, 'Right', 'Cause an accident');
  await terminal.press('Enter');
  await terminal.hides('[ Cancel ]');
}

async function restoreAndUndo(terminal: Terminal): Promise<void> {
  await causeAccident(terminal, 'delete 200 patients');
  await terminal.press('3');
  await terminal.shows('Any archive');
  await moveTo(terminal, 'Down', 'before update');
  await terminal.press('Enter');
  await terminal.shows(/Comes back +[\d,]+ rows/);
  await moveTo(terminal, 'Tab', 'Back ]');
  // The demo may have written nothing since: then there is no question.
  await moveTo(terminal, 'Right', '(Drop them|Restore\\.\\.\\.)');
  await terminal.press('Enter');
  await terminal.shows('Type Demo Clinic to confirm');
  await terminal.type('Demo Clinic');
  await terminal.press('Enter');
  await terminal.shows('The application was down for');
  // Kedge tells of the undo just after the job: until then a single button stands there.
  await terminal.shows('[ Undo this... ]');
  await moveTo(terminal, 'Right', 'Undo this');
  await terminal.press('Enter');
  await terminal.shows('Type Demo Clinic to confirm');
  await terminal.type('Demo Clinic');
  await terminal.press('Enter');
  await terminal.shows(/[Uu]ndone|is back/);
}

async function createSchedule(terminal: Terminal, home: string): Promise<void> {
  const path = join(home, 'kedge.jsonc');
  writeFileSync(path, `// a comment of mine\n${readFileSync(path, 'utf8')}`);
  await terminal.press('4');
  await terminal.shows('every-two-minut');
  await terminal.press('c');
  await terminal.shows('New schedule');
  await terminal.type('nightly');
  await terminal.shows('every day at 02:00');
  await moveTo(terminal, 'BTab', 'Save');
  await terminal.press('Enter');
  await terminal.shows(/nightly +every day at 02:00/);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(/^\/\/ a comment of mine\n/);
  expect(text).toContain('"nightly"');
}

/** While the demo's own backup is at work a reset is refused: then once more. */
async function resetOnce(terminal: Terminal): Promise<void> {
  const refused = 'is not possible now';
  for (;;) {
    await terminal.press('Enter');
    const screen = await terminal.shows(/(done|now) +stop +agent|is not possible now/);
    if (!screen.includes(refused)) return;
    await terminal.hides(refused);
  }
}

async function hangAndReset(terminal: Terminal): Promise<void> {
  await causeAccident(terminal, 'hang the Host');
  await terminal.shows('host ill');
  await terminal.press('R');
  await terminal.shows(/1\. to do +stop +agent/);
  await moveTo(terminal, 'Right', 'Reset all');
  await resetOnce(terminal);
  await terminal.shows(/done +start +agent/);
  await terminal.shows(/agent .*healthy/);
  await terminal.press('5');
  await terminal.press('Escape');
  // A key right behind it would be taken for one with Alt.
  await terminal.hides('done     start');
  await terminal.shows(/database +healthy[\s\S]*host +healthy[\s\S]*agent +healthy/);
}

async function stopDemo(terminal: Terminal, home: string): Promise<void> {
  await terminal.press('q');
  await terminal.shows('Stop the demo');
  expect(await terminal.screen()).toContain(home);
  await moveTo(terminal, 'Right', 'Stop the demo');
  await terminal.press('Enter');
  await terminal.ended();
}

function processesOf(home: string): string {
  return execFileSync(
    'sh',
    ['-c', 'ps -eo args | grep -F -- "$1" | grep -v grep || true', 'sh', home],
    {
      encoding: 'utf8',
    },
  );
}

// Beside each other: they wait for what the demo does in its own time.
testWith('tmux').concurrent.each(sizes)(
  'at %ix%i, by keys alone: back up with a name, restore and undo, schedule, reset, stop',
  async (columns, rows) => {
    using folder = tempFolder();
    const home = join(folder.path, 'demo');
    await using _demo = demoStoppedAtLast(home);
    await using terminal = await openTerminal({
      columns,
      rows,
      environment: { KEDGE_DEMO_HOME: home, XDG_STATE_HOME: folder.path, LANG: 'C.UTF-8' },
      command: ['sh', kedge, 'demo'],
    });
    await terminal.shows('All is well');
    await backUpWithName(terminal, home);
    await restoreAndUndo(terminal);
    await createSchedule(terminal, home);
    await hangAndReset(terminal);
    await stopDemo(terminal, home);
    expect(processesOf(home)).toBe('');
  },
  240_000,
);

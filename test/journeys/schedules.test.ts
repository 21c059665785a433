import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { startKedge } from '../support/kedge.ts';
import { moveTo } from '../support/move-to.ts';
import { testWith } from '../support/require-tool.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTerminal, type Terminal } from '../support/tmux.ts';

const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));

/** kedge.jsonc, which keeps what its people write into it. */
interface ConfigFile {
  read(): string;
  edit(change: (text: string) => string): void;
}

function configIn(home: string): ConfigFile {
  const path = join(home, 'kedge.jsonc');
  const read = (): string => readFileSync(path, 'utf8');
  return { read, edit: (change) => writeFileSync(path, change(read())) };
}

async function openWindow(home: string, state: string): Promise<Terminal> {
  const terminal = await openTerminal({
    columns: 80,
    rows: 24,
    environment: { KEDGE_HOME: home, XDG_STATE_HOME: state, LANG: 'C.UTF-8', TZ: 'UTC' },
    command: ['sh', kedge],
  });
  await terminal.shows('Kedge ok');
  await terminal.press('4');
  return terminal;
}

async function createByForm(terminal: Terminal, file: ConfigFile): Promise<void> {
  file.edit((text) => `// mine: do not touch the shop at noon\n${text}`);
  await terminal.shows('No schedule yet');
  await terminal.press('c');
  await terminal.shows('New schedule');
  await terminal.type('nightly');
  await moveTo(terminal, 'Tab', 'Differential');
  await terminal.press('Right');
  await terminal.shows(/= how many +5 +between two fulls/);
  await moveTo(terminal, 'Tab', 'Not between');
  await terminal.type('12:00-13:00');
  await moveTo(terminal, 'Tab', 'Keep');
  await terminal.type('seven');
  await terminal.shows(/! .*"seven" is not one of last, daily/);
  await terminal.press('C-u');
  await terminal.type('last 3, daily 7');
  await terminal.shows(/> Keep +last 3, daily 7 .*\n.*If missed/);
  await terminal.shows('not between 12:00');
  await moveTo(terminal, 'Tab', '\\[ Save');
  // Ten runs, each with its kind, and what would go: all of it above the button.
  await terminal.shows(
    /(?: {2}→ \w{3} \d\d \w{3} \d\d:\d\d {2}(?:full|diff).*\n(?: {6}.*\n)*){10}/,
  );
  await terminal.shows('every day at 02:00 (UTC), differentials every 4 hours');
  await terminal.press('Enter');
  await terminal.shows(/nightly +every day at 02:00/);
  expect(file.read()).toMatch(/^\/\/ mine: do not touch the shop at noon\n/);
  expect(file.read()).toMatch(
    /"nightly": \{[\s\S]*"hours": 4[\s\S]*"from": "12:00"[\s\S]*"last": 3/,
  );
}

async function changeAndPause(terminal: Terminal, file: ConfigFile): Promise<void> {
  file.edit((text) => text.replace('"nightly": {', '// asked for by the office\n    "nightly": {'));
  await moveTo(terminal, 'Down', 'nightly');
  await terminal.press('Enter');
  await terminal.shows('Its last runs');
  await terminal.press('e');
  await terminal.shows(/> Full backup/);
  await moveTo(terminal, 'Tab', 'At');
  await terminal.press('C-u');
  await terminal.type('3:30');
  await terminal.shows('every day at 03:30');
  await moveTo(terminal, 'BTab', '\\[ Save');
  await terminal.press('Enter');
  await terminal.shows(/nightly +every day at 03:30/);
  await moveTo(terminal, 'Down', 'nightly');
  await terminal.press('p');
  await terminal.shows(/nightly .* paused/);
  expect(file.read()).toMatch(/asked for by the office\n[\s\S]*"at": "03:30"[\s\S]*"paused": true/);
  await terminal.press('p');
  await terminal.shows(/nightly .* (full|diff) /);
}

/** What an editor saves stands on the screen without a key. */
async function editByHand(terminal: Terminal, file: ConfigFile): Promise<void> {
  file.edit((text) => text.replace('"03:30"', '"04:15"'));
  await terminal.shows(/nightly +every day at 04:15/);
}

async function typeTime(terminal: Terminal, time: string): Promise<void> {
  await moveTo(terminal, 'Down', 'nightly');
  await terminal.press('e');
  await terminal.shows('Schedule nightly');
  await moveTo(terminal, 'Tab', 'At');
  await terminal.press('C-u');
  await terminal.type(time);
  await terminal.shows(`every day at ${time}`);
}

async function twoAtOnce(first: Terminal, second: Terminal, file: ConfigFile): Promise<void> {
  await typeTime(first, '05:00');
  await typeTime(second, '06:00');
  await moveTo(first, 'BTab', '\\[ Save');
  await first.press('Enter');
  await first.shows(/nightly +every day at 05:00/);
  await second.shows('Somebody changed this schedule meanwhile');
  await moveTo(second, 'BTab', '\\[ Save');
  await second.press('Enter');
  await second.shows('At: you "06:00", there now "05:00"');
  expect(file.read()).toContain('"05:00"');
  await moveTo(second, 'Right', '\\[ Take theirs');
  await second.press('Enter');
  await second.shows(/At +05:00/);
  await second.press('Escape');
  await second.shows(/nightly +every day at 05:00/);
}

/** "October 2026". */
function lastMonth(): string {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1, 12));
  return month.toLocaleString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
}

async function lookAtTheMonth(terminal: Terminal): Promise<void> {
  await moveTo(terminal, 'Down', 'nightly');
  await terminal.press('Enter');
  await terminal.press('n');
  await terminal.shows('[ Full');
  await moveTo(terminal, 'Right', '\\[ Full');
  await terminal.press('Enter');
  await terminal.shows(/full .* complete/);
  await terminal.press('M');
  await terminal.shows(/>\d+ today/);
  await terminal.shows(/✓1/);
  await terminal.press('Enter');
  await terminal.shows(/\d\d:\d\d {2}nightly +full +✓ complete/);
  await terminal.press('Escape');
  await terminal.shows('entries of the day');
  await terminal.press('NPage');
  // Six on a day that is all to come: a full and five differentials.
  await terminal.shows(/·6 .*·6/);
  await terminal.press('t');
  await terminal.shows(/>\d+ today/);
  await terminal.press('PPage');
  await terminal.shows(lastMonth());
}

testWith('tmux')(
  'at 80x24: a schedule is made, changed and paused by form, by hand, and by two at once; the month shows its runs',
  async () => {
    using folder = tempFolder();
    const { home } = await makeSmallApplication(folder.path);
    const file = configIn(home);
    await using _kedge = await startKedge(home);
    await using terminal = await openWindow(home, folder.path);
    await createByForm(terminal, file);
    await changeAndPause(terminal, file);
    await editByHand(terminal, file);
    await using second = await openWindow(home, folder.path);
    await second.shows('nightly');
    await twoAtOnce(terminal, second, file);
    await lookAtTheMonth(terminal);
  },
  180_000,
);

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backupPin } from '../../protocol/methods/backup.ts';
import { productCommands } from '../../tui/commands/registry.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const esc = '\u001B';
const ctrlK = '\u000B';
const rightClick = (column: number, row: number) => `\u001B[<2;${column + 1};${row + 1}M`;

function rowOf(screen: TestWorkbench, words: string): number {
  return screen.rows().findIndex((row) => row.includes(words));
}

describe('keys of the user', () => {
  test('hold beside the presets, and a wrong one is told with its line', async () => {
    const keys =
      '[\n{ "key": "x", "command": "view.jobs" },\n{ "key": "ctrl+1", "command": "quit" }\n]';
    await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40, keys });
    await screen.shows('keybindings.json, line 3: "ctrl+1" never arrives');
    screen.press('x');
    await until(() => screen.running.ui().view === 'jobs');
    screen.press('1');
    await until(() => screen.running.ui().view === 'overview');
  });

  test('are edited, and with a fault one goes back to what was typed', async () => {
    const texts = [
      '[{ "key": "z", "command": "nothing" }]',
      '[{ "key": "z", "command": "view.jobs" }]',
    ];
    const seen: string[] = [];
    const edit = (text: string) => {
      seen.push(text);
      return texts.shift();
    };
    await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40, edit });
    await screen.shows('All is well');
    screen.press(ctrlK, '\u0013');
    await screen.shows('line 1: there is no command "nothing"');
    await screen.shows('Edit again');
    // Closed by mistake: what was typed is there again.
    screen.press(esc, ctrlK, '\u0013');
    await screen.shows('Saved');
    expect(seen[0]).toContain('Your own keys');
    expect(seen[1]).toBe('[{ "key": "z", "command": "nothing" }]');
    screen.press('z');
    await until(() => screen.running.ui().view === 'jobs');
  });

  test('that take others away are listed', async () => {
    const keys = '[\n{ "key": "q", "command": "view.jobs" }, { "command": "-messages.none" }\n]';
    await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40, keys });
    await screen.shows('All is well');
    screen.running.bench.run({ command: 'keys.conflicts' });
    await screen.shows('line 2: "Show Jobs" takes the key of "Quit"');
    await screen.shows('line 2: there is no command "messages.none"');
  });
});

describe('a chord', () => {
  test('waits in the status line, and then shows what may follow', async () => {
    await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
    await screen.shows('All is well');
    screen.press(ctrlK);
    await screen.shows('Ctrl+K ... waiting for the second key');
    await screen.shows('Show or hide the panel');
    await screen.settled();
    expect(rowOf(screen, 'Read-only on or off')).toBeGreaterThan(10);
    const row = rowOf(screen, 'Show earlier messages');
    expect(screen.rows()[row]).toMatch(/n +Show earlier messages/);
    screen.press(esc);
    await until(() => !screen.text().includes('Show or hide the panel'));
    expect(screen.running.ui().chord).toBeUndefined();
    const open = screen.running.bench.layout().panelRows > 0;
    screen.press(ctrlK, 'j');
    await until(() => screen.running.bench.layout().panelRows > 0 !== open);
  });

  test('a click on what may follow runs it', async () => {
    await using screen = await openTestWorkbench(fake, {
      columns: 80,
      rows: 24,
      settings: { whichKeyDelayMs: 0 },
    });
    await screen.shows('All is well');
    screen.press(ctrlK);
    await screen.shows('Read-only on or off');
    screen.press(`\u001B[<0;5;${rowOf(screen, 'Read-only on or off') + 1}M`);
    await until(() => screen.running.ui().readOnly);
    expect(screen.running.ui().chord).toBeUndefined();
  });
});

describe('the help of keys', () => {
  test('says what a key does here and elsewhere when it is pressed', async () => {
    await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
    await screen.shows('All is well');
    screen.press('2', '?');
    await screen.shows('Keys that work here');
    screen.press('?');
    await screen.shows('Press a key');
    screen.press('v');
    await screen.shows('What v does');
    await screen.settled();
    const here = rowOf(screen, 'Verify');
    expect(here).toBeGreaterThan(0);
    screen.press('?', '\r');
    await screen.shows('What Enter does');
    expect(screen.text()).toContain('Close  (in lists to choose from)');
    expect(screen.text().split('(in Settings)').length).toBeGreaterThan(1);
    screen.press('?', ctrlK);
    await screen.shows('Ctrl+K r');
    screen.press('read-only', '\r');
    await until(() => screen.running.ui().readOnly);
  });

  test('says so when a key does nothing', async () => {
    await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
    await screen.shows('All is well');
    screen.press('\u001Bk');
    await screen.shows('Press a key');
    screen.press('\u001B[15~');
    await screen.shows('What F5 does');
    await screen.shows('Nothing, here or elsewhere.');
    screen.press(esc);
    await until(() => screen.running.ui().overlay === undefined);
  });
});

describe('the menu of what can be done', () => {
  test.each([
    ['1', undefined, 'Back up'],
    ['2', undefined, 'Verify'],
    ['3', undefined, 'Restore'],
    ['4', undefined, 'Pause'],
    ['5', undefined, 'Restart'],
    ['7', undefined, 'Space'],
    ['8', undefined, 'doctor'],
  ])('of screen %s shows its commands with their keys', async (key, _, words) => {
    await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
    await screen.shows('All is well');
    screen.press(key, 'm');
    await screen.shows('What can be done here');
    await screen.settled();
    expect(screen.text().toLowerCase()).toContain(words.toLowerCase());
  });

  test('a right click selects its row first, and what cannot run says why', async () => {
    await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
    await screen.shows('All is well');
    screen.press('5');
    await screen.shows('agent');
    await screen.settled();
    const row = screen.rows().findIndex((one) => / agent +healthy/.test(one));
    screen.press(rightClick(40, row));
    await screen.shows('What can be done here');
    await screen.shows('Restart');
    screen.press(esc, ctrlK, 'r', 'm');
    await screen.shows('(read-only)');
  });
});

test('what was said can be read again, and copied', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('N');
  await screen.shows('Nothing was said yet');
  screen.running.bench.notify('warning', 'first word');
  screen.running.bench.notify('error', 'second word');
  await screen.shows('N: earlier messages');
  screen.press('N');
  await screen.shows('failed: second word');
  await screen.settled();
  expect(rowOf(screen, 'first word')).toBe(rowOf(screen, 'failed: second word') + 1);
  screen.press('first', '\r');
  await until(() => screen.copied.includes('first word'));
});

describe('read-only', () => {
  test('is in the title, and nothing is changed wherever it comes from', async () => {
    await using screen = await openTestWorkbench(fake, {
      columns: 120,
      rows: 40,
      settings: { readOnly: true },
    });
    await screen.shows('READ-ONLY');
    screen.press('2', 'p');
    await screen.shows('read-only');
    await expect(
      screen.running.bench.session.call(backupPin, { backup: { kind: 'id', id: 'x' } }),
    ).rejects.toMatchObject({ failure: { code: 'read-only' } });
    expect(fake.calls.filter(({ method }) => method === 'backup.pin')).toEqual([]);
    screen.press(':', 'pin');
    await screen.shows('(read-only)');
    screen.press(esc, ctrlK, 'r');
    await screen.shows('No longer read-only');
    expect(screen.text()).not.toContain('READ-ONLY');
  });
});

test('the setting "always" asks before what is not dangerous too', async () => {
  await using screen = await openTestWorkbench(fake, {
    columns: 120,
    rows: 40,
    settings: { confirmations: 'always' },
  });
  await screen.shows('All is well');
  screen.press('2', 'v');
  await screen.shows('Cancel');
  await screen.settled();
  screen.press('\r');
  await until(() => screen.running.ui().overlay === undefined);
  expect(fake.calls.filter(({ method }) => method === 'backup.verify')).toEqual([]);
});

test('beside the button that cancels a job none is called "Cancel" alone', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.running.bench.run({ command: 'job.cancel', args: { job: 7 } });
  await screen.shows('[ Cancel a job ]');
  await screen.settled();
  expect(screen.text()).toContain('>[ Close ]');
  expect(screen.text()).not.toContain('[ Cancel ]');
});

test('what was chosen of late stands first in the palette', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  for (const words of ['read-only', 'next tab of the panel']) {
    screen.press(':', ...words, '\r');
    await until(() => screen.running.ui().overlay === undefined);
  }
  screen.press(':');
  await screen.shows('> Panel: Next tab of the panel');
  await screen.settled();
  expect(rowOf(screen, 'Read-only on or off')).toBe(rowOf(screen, 'Next tab of the panel') + 1);
});

test('the mouse is switched for good', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('%');
  await screen.shows('The mouse is left to the terminal');
  expect(screen.running.bench.settings.get().mouse).toBe(false);
});

describe('before what is dangerous', () => {
  const given = {
    backup: cannedBackup().id,
    service: 'host',
    job: 7,
    schedule: 'nightly',
    undo: 'x',
  };

  test.each(
    productCommands
      .filter(({ danger, needs }) => danger !== 'none' && needs !== 'nothing')
      // Those two ask Kedge first what there is: trash.test.ts and free-space.test.ts.
      .filter(({ id }) => id !== 'trash.empty' && id !== 'space.clear')
      .map((command) => [command.id, command] as const),
  )('%s asks, and Enter at once does nothing', async (id, command) => {
    await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
    await screen.shows('All is well');
    const before = fake.calls.length;
    const needed = command.args.map(({ name, choices = ['x'] }) => [
      name,
      name in given ? given[name as keyof typeof given] : choices[0],
    ]);
    const args = Object.fromEntries(needed.filter(([name]) => name !== 'confirm'));
    screen.running.bench.run({ command: id, args });
    await until(() => screen.running.ui().overlay?.kind === 'dialog');
    const { overlay } = screen.running.ui();
    if (overlay?.kind !== 'dialog') return;
    expect(overlay.buttons[0]?.action).toBeUndefined();
    expect(overlay.tone).toBe(command.danger === 'type-name' ? 'error' : 'warning');
    expect(overlay.focus).toBe(command.danger === 'type-name' ? -1 : 0);
    screen.press('\r');
    const changed = fake.calls.slice(before).filter(({ params }) => 'requestId' in Object(params));
    expect(changed).toEqual([]);
  });
});

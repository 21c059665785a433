import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keyStatus } from '../../protocol/methods/key.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { answerConfig, clinicConfig, type FakeConfig } from '../support/fake-config.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
let file: FakeConfig;
const saved = () => fake.calls.filter(({ method }) => /^config\.(set|change)$/.test(method));

beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  file = answerConfig(fake, clinicConfig);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

describe.each([
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
])('in $columns columns', (size) => {
  test('the settings of the interface are searched, changed and checked', async () => {
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('All is well');
    screen.press('8', 'i');
    await screen.shows('Settings of this interface');
    screen.press('/', ...'esc', '\r');
    await screen.shows('Wait after Esc');
    await screen.settled();
    expect(screen.text()).not.toContain('Reduced motion');
    screen.press('\r');
    await screen.shows('A number from 10 to 1000.');
    screen.press('\u0015', ...'5', '\r');
    await until(() => screen.running.bench.settings.get().escapeTimeoutMs === 50);
    await screen.shows('>=10');
    screen.press('0', '0', '\r');
    await screen.shows('Wait after Esc: kept.');
    expect(screen.running.bench.settings.get().escapeTimeoutMs).toBe(500);
    screen.press('\u001B', '/', '\u0015', ...'mouse', '\r', '\r');
    await screen.shows('on');
    screen.press('o', 'f', 'f', '\r');
    await until(() => !screen.running.ui().mouse);
  });

  test('the configuration is a form from its schema: checked by Kedge, saved with its comments', async () => {
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('All is well');
    screen.press('8', 'f');
    await screen.shows('+ Add a source');
    screen.press('/', ...'keep undos', '\r');
    await screen.shows('Keep undos for days');
    await screen.settled();
    screen.press('\r');
    await screen.shows('A number up to 365');
    screen.press(...'999', '\r');
    await screen.shows('<=365');
    expect(saved()).toEqual([]);
    screen.press('\u0015', ...'30', '\r');
    await screen.shows('Keep undos for days: kept.');
    expect(file.text).toBe(clinicConfig.replace(/\n\}\n$/, ',\n  "undo": { "keepDays": 30 }\n}\n'));
    await screen.shows('30');
  });

  test('the page of keys says how encryption stands', async () => {
    fake.answer(keyStatus, () => ({ enabled: true, recoveryKey: 'age1abc', writeOnly: false }));
    await using screen = await openTestWorkbench(fake, size);
    await screen.shows('All is well');
    screen.press('8', 'k');
    await screen.shows('age1abc');
  });
});

test('the configuration goes back into the editor where it is not valid, with what is wrong above', async () => {
  const wrong = clinicConfig.replace('"sqlite"', '"oracle"');
  const fine = `${clinicConfig}// fine`;
  const typed = [wrong, fine];
  const seen: string[] = [];
  const edit = (of: string) => {
    seen.push(of);
    return typed.shift();
  };
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24, edit });
  await screen.shows('All is well');
  screen.press('8');
  await screen.shows('valid and in force');
  screen.press('e');
  await until(() => saved().length === 1);
  expect(seen[0]).toBe(clinicConfig);
  expect(seen[1]?.split('\n').slice(0, 3)).toEqual([
    expect.stringContaining('// Not saved yet'),
    expect.stringContaining('//   line 9: sources.database.engine'),
    expect.stringContaining('go by themselves'),
  ]);
  expect(file.text).toBe(fine);
});

test('below the settings stands what the selected one is for, also in another order', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  screen.press('8', 'i');
  await screen.shows('Settings of this interface');
  screen.press('j');
  await screen.settled();
  const selected = screen.running.ui().places['settings.preferences']?.key ?? '';
  expect(screen.text()).toContain(` ${selected}`);
  screen.press('>', '>', 'I');
  await screen.settled();
  expect(screen.text()).toContain(` ${selected}`);
});

test('what another window saved while a file was edited is not lost unseen', async () => {
  const others = '{ "mouse": false }';
  const seen: string[] = [];
  const edit = (of: string) => {
    seen.push(of);
    if (seen.length === 1) screen.running.bench.settings.file.write(others);
    return '{ "reducedMotion": true }';
  };
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40, edit });
  await screen.shows('All is well');
  screen.running.bench.run({ command: 'settings.edit-file' });
  await screen.shows('somebody else saved it meanwhile');
  expect(screen.running.bench.settings.file.read()).toBe(others);
  screen.press('\r');
  await screen.shows('Saved');
  expect(seen[1]).toBe('{ "reducedMotion": true }');
  expect(screen.running.bench.settings.get().reducedMotion).toBe(true);
});

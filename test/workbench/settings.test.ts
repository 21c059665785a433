import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { KedgeError } from '../../protocol/failures.ts';
import {
  configDescribe,
  configGet,
  configSet,
  configValidate,
} from '../../protocol/methods/config.ts';
import { keyStatus } from '../../protocol/methods/key.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const Config = z.object({
  application: z.object({ name: z.string(), contact: z.string().optional() }),
  undo: z.object({ keepDays: z.number().max(365).optional() }).optional(),
});
const first = '{\n  // ours\n  "application": { "name": "Clinic" }\n}\n';

let fake: FakeKedge;
let text: string;
const saved = () => fake.calls.filter(({ method }) => method === 'config.set');

beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  text = first;
  const problems = (of: string) =>
    of.includes('999') ? [{ line: 3, column: 5, message: 'undo.keepDays: at most 365' }] : [];
  fake.answer(configDescribe, () => ({ schema: z.toJSONSchema(Config) }));
  fake.answer(configGet, () => ({
    path: '/etc/kedge/kedge.jsonc',
    text,
    revision: `of ${text.length}`,
    problems: [],
  }));
  fake.answer(configValidate, ({ text: of }) => ({ problems: problems(of) }));
  fake.answer(configSet, (params) => {
    if (params.revision !== `of ${text.length}`)
      throw new KedgeError('config-changed', { path: '/etc/kedge/kedge.jsonc' });
    text = params.text;
    return { revision: `of ${text.length}` };
  });
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
    await screen.shows('Keep days');
    await screen.shows('Clinic');
    screen.press('G', '\r');
    await screen.shows('A number up to 365');
    screen.press(...'999', '\r');
    await screen.shows('at most 365');
    expect(saved()).toEqual([]);
    screen.press('\u0015', ...'30', '\r');
    await screen.shows('Keep days: kept.');
    expect(text).toContain('// ours');
    expect(JSON.parse(text.replace('// ours', ''))).toEqual({
      application: { name: 'Clinic' },
      undo: { keepDays: 30 },
    });
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
  const typed = [`${first}// 999`, `${first}// fine`];
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
  expect(seen[0]).toBe(first);
  expect(seen[1]?.split('\n').slice(0, 3)).toEqual([
    expect.stringContaining('// Not saved yet'),
    '//   line 6: undo.keepDays: at most 365',
    expect.stringContaining('go by themselves'),
  ]);
  expect(text).toBe(`${first}// fine`);
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

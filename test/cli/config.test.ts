import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { KedgeError } from '../../protocol/failures.ts';
import { configGet, configSet, configValidate } from '../../protocol/methods/config.ts';
import { scheduleList, schedulePreview, scheduleSet } from '../../protocol/methods/schedule.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { cannedSnapshot } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';

const text = '{\n  // kept\n  "a": 1\n}\n';

async function kedgeWithConfig(): Promise<FakeKedge> {
  const fake = await startFakeKedge();
  fake.answer(configGet, () => ({ path: '/etc/kedge.jsonc', text, revision: 'r1', problems: [] }));
  fake.answer(configValidate, ({ text: given }) => ({
    problems: given.includes('bad') ? [{ line: 3, column: 8, message: 'not known' }] : [],
  }));
  fake.answer(configSet, () => ({ revision: 'r2' }));
  fake.answer(scheduleList, () => ({ schedules: cannedSnapshot().schedules, revision: 'r1' }));
  fake.answer(schedulePreview, () => ({ words: 'every day at 03:00 (UTC)', nextMs: [] }));
  fake.answer(scheduleSet, () => ({ revision: 'r2' }));
  return fake;
}

/** Runs `config edit` with an editor that replaces 1 by what is given. */
async function edit(fake: FakeKedge, replacement: string) {
  const folder = await mkdtemp(join(tmpdir(), 'kedge-editor-'));
  const editor = join(folder, 'editor');
  await writeFile(editor, `#!/bin/sh\nsed -i "/^ /s/1/$1/" "$2"\n`);
  await chmod(editor, 0o755);
  vi.stubEnv('VISUAL', undefined);
  vi.stubEnv('EDITOR', `${editor} ${replacement}`);
  const recorded = recordingTerminal({ tty: true });
  const code = await runCli(['config', 'edit', '--socket', fake.socket], recorded.terminal);
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
  return { code, out: recorded.out(), err: recorded.err() };
}

test('an edited configuration is saved against the revision that was read, comments kept', async () => {
  await using fake = await kedgeWithConfig();
  expect((await edit(fake, '2')).code).toBe(0);
  const saved = fake.calls.find((call) => call.method === 'config.set');
  expect(saved?.params).toMatchObject({ text: text.replace('1', '2'), revision: 'r1' });
});

test('an invalid one goes back into the editor, and is refused with its place when it is left so', async () => {
  await using fake = await kedgeWithConfig();
  const { code, err } = await edit(fake, 'bad');
  expect([code, err]).toEqual([2, expect.stringContaining('line 3, column 8: not known')]);
  expect(fake.calls.map((call) => call.method)).not.toContain('config.set');
});

test('an unchanged one is not saved', async () => {
  await using fake = await kedgeWithConfig();
  expect((await edit(fake, '1')).out).toContain('Nothing was changed.');
  expect(fake.calls.map((call) => call.method)).not.toContain('config.set');
});

test('one that somebody else saved meanwhile is edited again on top of theirs, with what was to be changed above', async () => {
  await using fake = await kedgeWithConfig();
  const theirs = '{\n  // theirs\n  "a": 1,\n  "b": 0\n}\n';
  let saves = 0;
  fake.answer(configSet, () => {
    saves += 1;
    if (saves > 1) return { revision: 'r3' };
    fake.answer(configGet, () => ({
      path: '/k.jsonc',
      text: theirs,
      revision: 'r2',
      problems: [],
    }));
    throw new KedgeError('config-changed-by', { who: 'ali (pts/3)' });
  });
  const { code, err } = await edit(fake, '2');
  expect([code, err]).toEqual([0, expect.stringContaining('ali (pts/3) saved the configuration')]);
  const saved = fake.calls
    .filter((call) => call.method === 'config.set')
    .map(({ params }) => params);
  expect(saved).toMatchObject([
    { text: text.replace('1', '2'), revision: 'r1' },
    { text: theirs.replace('1', '2'), revision: 'r2' },
  ]);
});

test('without a terminal there is no editor', async () => {
  await using fake = await kedgeWithConfig();
  const recorded = recordingTerminal();
  expect(await runCli(['config', 'edit', '--socket', fake.socket], recorded.terminal)).toBe(5);
});

test('a schedule is changed only in what was given', async () => {
  await using fake = await kedgeWithConfig();
  const recorded = recordingTerminal();
  const argv = ['schedule', 'set', 'nightly', '--full', 'daily 03:00', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(0);
  expect(fake.calls.find((call) => call.method === 'schedule.set')?.params).toMatchObject({
    schedule: 'nightly',
    revision: 'r1',
    settings: {
      full: { every: 'day', at: '03:00' },
      store: 'local',
      zone: 'UTC',
      deleteOlderThan: '30 days',
    },
  });
});

test('"never" takes the deletion away, and a dry run changes nothing', async () => {
  await using fake = await kedgeWithConfig();
  const base = ['schedule', 'set', 'nightly', '--delete-older-than', 'never'];
  const dry = [...base, '--dry-run', '--socket', fake.socket];
  expect(await runCli(dry, recordingTerminal().terminal)).toBe(0);
  expect(fake.calls.map((call) => call.method)).not.toContain('schedule.set');
  expect(await runCli([...base, '--socket', fake.socket], recordingTerminal().terminal)).toBe(0);
  const call = fake.calls.find((one) => one.method === 'schedule.set');
  expect(call?.params).toMatchObject({ settings: { full: { every: 'day', at: '02:00' } } });
  expect(JSON.stringify(call?.params)).not.toContain('deleteOlderThan');
});

test('a new schedule without a time is refused', async () => {
  await using fake = await kedgeWithConfig();
  const recorded = recordingTerminal();
  expect(await runCli(['schedule', 'set', 'new', '--socket', fake.socket], recorded.terminal)).toBe(
    2,
  );
  expect(recorded.err()).toContain('--full or --cron');
});

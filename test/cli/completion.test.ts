import { expect, test } from 'vitest';
import { backupList } from '../../protocol/methods/backup.ts';
import { completeNames } from '../../tui/cli/completion/complete-names.ts';
import { completionTables } from '../../tui/cli/completion/completion-tables.ts';
import { productCommands } from '../../tui/commands/registry.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { until } from '../support/until.ts';

test('every command, option and place of the registry is known', () => {
  const { words, options, values } = completionTables();
  for (const { cli = [], args } of productCommands) {
    const key = cli.join(' ');
    const before = words.get(cli.slice(0, -1).join(' ')) ?? [];
    expect(before.map(({ word }) => word)).toContain(cli.at(-1));
    const offered = (options.get(key) ?? []).map(({ word }) => word);
    expect(offered).toContain('--json');
    for (const { name, positional, kind } of args) {
      if (positional === true) continue;
      expect(offered).toContain(`--${name}`);
      expect(values.has(`${key} --${name}`)).toBe(kind !== 'flag');
    }
  }
  expect(values.get('backup verify 1')).toBe('backup');
  expect(values.get('completion 1')).toBe('bash zsh fish');
});

test('names come from Kedge with what they mean, one a line', async () => {
  await using fake = await startFakeKedge();
  fake.answer(backupList, () => ({ backups: [cannedBackup()], total: 1 }));
  const names = async (kind: string) => await completeNames([kind, '--socket', fake.socket], {});
  expect(await names('service')).toBe('host\thealthy\nagent\thealthy\n');
  expect(await names('schedule')).toBe('nightly\tevery day at 02:00 (UTC)\n');
  expect(await names('store')).toBe('local\t/var/backups/clinic\n');
  expect(await names('backup')).toMatch(
    /^latest\tthe newest\n0f3a9c1e\tfull, .*_full\.tar\.zst\n$/,
  );
  expect(await names('nonsense')).toBe('');
});

test('a name that holds control characters stays one line', async () => {
  await using fake = await startFakeKedge();
  const [service] = fake.snapshot.services;
  if (service === undefined) throw new Error('no service');
  fake.snapshot = { ...fake.snapshot, services: [{ ...service, id: 'a\tb\nc\u001b[2J' }] };
  const text = await completeNames(['service', '--socket', fake.socket], {});
  expect(text.split('\n')).toHaveLength(2);
  expect(text.split('\t')).toHaveLength(2);
  expect(text).not.toContain('\u001b');
});

test('without a Kedge, and with one that hangs, there are no names and nobody waits', async () => {
  await using fake = await startFakeKedge();
  fake.answer(backupList, () => new Promise(() => undefined));
  expect(await completeNames(['backup', '--socket', fake.socket], {})).toBe('');
  await until(() => fake.connections() === 0);
  expect(await completeNames(['service', '--socket', '/nonexistent/s'], {})).toBe('');
  expect(await completeNames(['service', '--server', 'far'], {})).toBe('');
});

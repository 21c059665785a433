import { expect, test } from 'vitest';
import { backupList } from '../../protocol/methods/backup.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { wordMoment } from '../../tui/texts/moment.ts';
import { cannedBackup, cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';

async function status(fake: FakeKedge, ...options: string[]): Promise<string> {
  const recorded = recordingTerminal();
  expect(await runCli(['--socket', fake.socket, 'status', ...options], recorded.terminal)).toBe(0);
  return recorded.out();
}

test('status says when the last good backup was taken, when the next is due, and what is wrong', async () => {
  await using fake = await startFakeKedge();
  fake.snapshot = {
    ...fake.snapshot,
    problems: [{ id: 'p', severity: 'error', sinceMs: 0, text: 'the disk is full', hint: 'Go.' }],
  };
  const sealed = cannedBackup({ id: 'sealed', proof: { kind: 'sealed' } });
  const gone = cannedBackup({ id: 'gone', presence: 'missing' });
  const backups = [sealed, gone, cannedBackup()];
  fake.answer(backupList, () => ({ total: 3, backups }));
  const out = await status(fake);
  const file = 'clinic_2026-11-21T11-00-00+0000_full.tar.zst';
  expect(out).toMatch(
    new RegExp(`^Last good +1 h ago, full, 50.0 MiB, ${file.replace('+', '\\+')}$`, 'm'),
  );
  const next = wordMoment(cannedNowMs + 14 * 3_600_000);
  expect(out).toMatch(new RegExp(`^Next +in 14 h \\(${next}\\), nightly$`, 'm'));
  expect(out).toContain('! the disk is full\n  Go.\n');
  expect(JSON.parse(await status(fake, '--json'))).toMatchObject({
    lastGood: { path: backups[2]?.path },
  });

  fake.snapshot = { ...fake.snapshot, schedules: [] };
  fake.answer(backupList, () => ({ total: 1, backups: [sealed] }));
  const empty = await status(fake);
  expect(empty).toMatch(/^Last good +none yet/m);
  expect(empty).toMatch(/^Next +nothing is scheduled$/m);
});

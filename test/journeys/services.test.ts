import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { isFinished } from '../../protocol/domain/job.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { scheduleList } from '../../protocol/methods/schedule.ts';
import { openSession } from '../support/kedge.ts';
import { moveTo } from '../support/move-to.ts';
import { testWith } from '../support/require-tool.ts';
import { recordAt } from '../support/service-fixture.ts';
import { demoStoppedAtLast } from '../support/stop-demo.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTerminal } from '../support/tmux.ts';
import { until } from '../support/until.ts';

const kedge = fileURLToPath(new URL('../../tui/kedge', import.meta.url));

/** One of its schedule in between would leave no failed backup to try again. */
async function withoutSchedule(home: string): Promise<void> {
  const yearly = '0 0 1 1 *';
  const config = join(home, 'kedge.jsonc');
  writeFileSync(config, readFileSync(config, 'utf8').replace('*/2 * * * *', yearly));
  using session = await openSession(join(home, 'kedge.sock'));
  await until(async () => {
    const { schedules } = await session.call(scheduleList, {});
    return schedules.every(({ settings }) => JSON.stringify(settings).includes(yearly));
  });
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
    60_000,
  );
}

testWith('tmux').each([
  [120, 40],
  [80, 24],
] as const)(
  'at %ix%i: Host dies, the Overview says why, a reset is watched, the failed backup tried again, all is well',
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
    await withoutSchedule(home);

    // The drive of the backups goes with it, until somebody brings it back.
    const record = recordAt(join(home, 'state/services/host.json'));
    const drive = join(home, 'backups');
    renameSync(drive, `${drive}.away`);
    process.kill(record.pid, 'SIGKILL');
    await terminal.press('b');
    await terminal.shows('Back up now');
    await terminal.type('before');
    await terminal.shows('before');
    await terminal.press('Enter');
    await terminal.press('M-6');
    await terminal.shows(/full backup to local .*failed/);
    await terminal.press('1');
    await terminal.shows(/Why +host: killed by SIGKILL/);
    await terminal.shows('R shows the plan of a reset of host');
    renameSync(`${drive}.away`, drive);

    await terminal.press('1');
    await terminal.shows('R shows the plan');
    await terminal.press('R');
    await terminal.shows(/1\. to do +stop +agent/);
    await terminal.shows('Failed before, can be tried again');
    expect(await terminal.screen()).toContain('>[ Cancel ]');
    await moveTo(terminal, 'Right', 'Reset ]');
    await terminal.press('Enter');
    await terminal.shows(/done +stop +host/);
    await terminal.shows(/done +start +agent/);
    await terminal.shows('DONE: every service is healthy.');
    await moveTo(terminal, 'Right', 'Retry "');
    await terminal.press('Enter');
    await terminal.press('2');
    await terminal.shows(/before.* full .*verified/);
    await terminal.press('5');
    await terminal.press('Escape');
    // A key right behind it would be taken for one with Alt.
    await terminal.hides('done     start');
    await terminal.shows(/database +healthy[\s\S]*host +healthy[\s\S]*agent +healthy/);
    await terminal.press('1');
    await terminal.shows('All is well');
    expect(readFileSync(join(home, 'state/services/host.log'), 'utf8')).toContain('listens on');
  },
  180_000,
);

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals } from '../../agent/restore/recover.ts';
import type { RecoverPlan } from '../../protocol/domain/recover.ts';
import { crashAt } from '../support/crash-at.ts';
import { configTextOf, EmptyMachine } from '../support/empty-machine.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';

/** Below these nothing comes before the first crash. */
const folders = ['srv', 'etc', 'state'] as const;

function emptied(machine: EmptyMachine): void {
  for (const name of folders) execFileSync('rm', ['-rf', join(machine.home, name)]);
  execFileSync('mkdir', [machine.stateFolder]);
  machine.services.running.clear();
}

/** False: it was through before operation k. */
async function crashes(machine: EmptyMachine, act: () => Promise<unknown>, k: number) {
  using point = crashAt(k);
  machine.services.before = point.refuse;
  await act().catch((error: unknown) => {
    if (!point.crashed) throw error;
  });
  machine.services.before = () => {};
  return point.crashed;
}

interface Ends {
  readonly empty: readonly string[];
  readonly whole: unknown;
}

/** Nothing came, not even a folder; or all is there, configuration and services too. */
async function expectNothingOrAll(
  machine: EmptyMachine,
  plan: RecoverPlan,
  { empty, whole }: Ends,
  k: number,
): Promise<'nothing' | 'all'> {
  const where = `after a crash at operation ${k}`;
  expect(findUnfinishedJournals(machine.stateFolder), where).toEqual([]);
  expect(isGuarded(machine.stateFolder), where).toBe(false);
  const names = machine.names();
  if (JSON.stringify(names) === JSON.stringify(empty)) {
    expect([...machine.services.running], where).toEqual([]);
    // Each of them would take as long as all the rest.
    if (k % 7 === 0) await machine.run(plan);
    if (k % 7 === 0) expect(machine.live(), `${where}, and once more`).toEqual(whole);
    return 'nothing';
  }
  expect(machine.live(), where).toEqual(whole);
  expect(
    names.filter((name) => /\.kedge-\d/.test(name)),
    where,
  ).toEqual([]);
  expect([...machine.services.running].sort(), where).toEqual(['database', 'host']);
  return 'all';
}

test('a recovery that crashes at any operation, and its settling too, leaves nothing or all of it', async () => {
  using app = new RestoreFixture();
  app.configText = configTextOf(app);
  const backup = await app.backup();
  using machine = new EmptyMachine(app);
  // Its programs are of no archive.
  execFileSync('mkdir', ['-p', join(machine.home, 'programs')]);
  for (const name of ['database', 'host']) {
    execFileSync('touch', [join(machine.home, 'programs', name)]);
  }
  const order = machine.order([backup.path], {
    maps: [
      { from: app.app, to: machine.data },
      { from: join(app.app, 'bin'), to: join(machine.home, 'programs') },
    ],
    destinations: [{ id: 'local', folder: join(machine.home, 'srv', 'backups') }],
  });
  const plan = await machine.plan(order);
  expect(plan.obstacles).toEqual([]);
  expect(plan.services.map(({ id, problem }) => [id, problem])).toEqual([
    ['database', undefined],
    ['host', undefined],
  ]);
  emptied(machine);
  const empty = machine.names();
  await machine.run(plan);
  const whole = machine.live();

  const tried = { nothing: 0, all: 0 };
  for (let k = 1; ; k += 1) {
    emptied(machine);
    if (!(await crashes(machine, async () => await machine.run(plan), k))) break;
    await crashes(machine, async () => await machine.settle(plan), 1 + ((k * 5) % 23));
    await machine.settle(plan);
    tried[await expectNothingOrAll(machine, plan, { empty, whole }, k)] += 1;
  }

  process.stderr.write(
    `recover: crashed at each of ${tried.nothing + tried.all} operations; ${tried.all} times all was there\n`,
  );
  expect(tried.nothing).toBeGreaterThan(40);
  expect(tried.all).toBeGreaterThan(5);
}, 300_000);

import { afterEach, expect, test } from 'vitest';
import { runBackup } from '../../agent/backup/run-backup.ts';
import { runVerify } from '../../agent/backup/run-verify.ts';
import { type DiskOperation, setFaultHook } from '../../agent/os/faults.ts';
import { removeTree } from '../../agent/os/files.ts';
import { cleanUpPartials } from '../../agent/stores/local/partials.ts';
import { openStore } from '../../agent/stores/stores.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { makeSmallClinic, noServices, type SmallClinic } from './small-clinic.ts';

afterEach(() => setFaultHook(undefined));

/** Runs a backup whose operation `k` fails; with `crash` so do all later ones, as after a power cut. */
async function backUpFailingAt(
  clinic: SmallClinic,
  k: number,
  crash: boolean,
): Promise<{ readonly reached: boolean; readonly scratch: string }> {
  const work = recordedWork();
  let count = 0;
  setFaultHook(({ name, path }: DiskOperation) => {
    const failing = crash ? count >= k : count === k;
    count += 1;
    if (failing) throw new Error(`injected: ${name} ${path}`);
  });
  try {
    await runBackup(clinic.order, clinic.config, work, noServices);
  } catch {
    // Which error it is does not matter here: what is left does.
  } finally {
    setFaultHook(undefined);
  }
  return { reached: count > k, scratch: work.scratch };
}

/** Nothing, or one archive in which every frame is sound. */
async function checkStore(clinic: SmallClinic): Promise<number> {
  const settings = clinic.config.stores['main'];
  if (settings === undefined) throw new Error('the fixture has no store');
  const archives = await openStore('main', settings).list();
  expect(clinic.stored()).toEqual(archives.map(({ name }) => name));
  for (const { path } of archives) {
    expect((await runVerify(path, recordedWork())).integrity).toBe('ok');
  }
  return archives.length;
}

test.for([
  { how: 'fails', crash: false },
  { how: 'is the last before a crash', crash: true },
])(
  'whichever disk operation $how, there is no backup or a whole one, and nothing half-made',
  {
    timeout: 120_000,
  },
  async ({ crash }) => {
    const outcomes = { none: 0, whole: 0 };
    for (let k = 0; ; k += 1) {
      const clinic = await makeSmallClinic();
      const { reached, scratch } = await backUpFailingAt(clinic, k, crash);
      // What ends the job does with its scratch, and, of a dead job, with its half-written archive.
      await removeTree(scratch);
      if (crash) await cleanUpPartials(clinic.store, clinic.order.backupId);
      const archives = await checkStore(clinic);
      if (!reached) break;
      if (archives === 0) outcomes.none += 1;
      else outcomes.whole += 1;
    }
    process.stdout.write(
      `tried ${outcomes.none + outcomes.whole} operations: ${JSON.stringify(outcomes)}\n`,
    );
    expect(outcomes.none).toBeGreaterThan(5);
    expect(outcomes.whole).toBeGreaterThan(0);
  },
);

import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Files that take longest, with seconds on two cores. One of them that began last would leave the other core idle.
 * Only the order hangs on it: one that is missing here begins later.
 */
const seconds: Readonly<Record<string, number>> = {
  'crash/failing-disks.test.ts': 90,
  'crash/failing-disks-in-recovery.test.ts': 80,
  'crash/flows.test.ts': 110,
  'crash/kedge-killed.test.ts': 70,
  'chain/damaged-chains.test.ts': 100,
  'journeys/workbench.test.ts': 80,
  'restore/sqlite-zoo.test.ts': 60,
  'sources/mariadb/crash.test.ts': 50,
  'chain/twelve-moments.test.ts': 55,
  'journeys/cut-restores.test.ts': 50,
  'server/encryption.test.ts': 45,
  'crash/full-disks.test.ts': 40,
  'restore/space-offers.test.ts': 30,
  'sources/sqlite-torture.test.ts': 30,
  'crash/backup.test.ts': 30,
  'crash/inside-sqlite.test.ts': 30,
  'journeys/tour.test.ts': 30,
  'journeys/drive.test.ts': 25,
  'crash/killed-chains.test.ts': 22,
  'restore/salvage/salvage.test.ts': 22,
  'server/safety-backup.test.ts': 22,
  'archive/hostile.test.ts': 21,
  'server/upload.test.ts': 20,
  'restore/recover-machine-demo.test.ts': 18,
  'services/supervise.test.ts': 17,
  'schedule/next-run.test.ts': 16,
  'server/stop-while-listing.test.ts': 16,
  'restore/run-restore.test.ts': 15,
  'journeys/schedules.test.ts': 15,
  'crash/restore-kill.test.ts': 15,
  'restore/fidelity.test.ts': 15,
  'workbench/screens.test.ts': 15,
  'archive/fuzz/mutants.test.ts': 13,
  'sources/sqlite/merge/merge-properties.test.ts': 13,
  'server/drill.test.ts': 13,
};

/** Begins with the files that take longest, as nothing is known of earlier runs where all is checked out anew. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const root = this.ctx.config.root;
    const longOf = ({ moduleId }: TestSpecification): number =>
      seconds[relative(`${root}/test`, moduleId)] ?? 0;
    return (await super.sort(files)).toSorted((a, b) => longOf(b) - longOf(a));
  }
}

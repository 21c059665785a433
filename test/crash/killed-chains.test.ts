import { randomUUID } from 'node:crypto';
import { readdirSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { isFinished } from '../../protocol/domain/job.ts';
import { backupConsolidate, backupCreate } from '../../protocol/methods/backup.ts';
import { jobList } from '../../protocol/methods/job.ts';
import {
  changeAll,
  growDatabase,
  resultOf,
  stateOf,
  takeMoment,
} from '../support/chain-fixture.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { strike, type Victim } from '../support/strike.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { listed, namesIn, sha256Of } from '../support/transfer-fixture.ts';
import '../support/memory-disk.ts';
import { until } from '../support/until.ts';

/** Strikes at the n-th change that the destination tells of while an archive is being written, if it comes to that. */
async function strikeAtChange(
  n: number,
  victim: Victim,
  kedge: RunningKedge,
  { store }: SmallApplication,
  through: () => Promise<unknown>,
): Promise<void> {
  const struck = Promise.withResolvers<void>();
  let changes = 0;
  const watcher = watch(store, () => {
    if (changes === 0 && !readdirSync(store).some((name) => name.endsWith('.partial'))) return;
    changes += 1;
    if (changes !== n) return;
    strike(victim, kedge);
    struck.resolve();
  });
  // With Kedge goes the connection that would tell of the end.
  const ended = through().catch(() => undefined);
  await Promise.race([struck.promise, ended]).finally(() => watcher.close());
}

async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
    60_000,
    40,
  );
}

const flows = {
  differential: async (session: Session) =>
    await session.call(backupCreate, { requestId: randomUUID(), kind: 'differential' }),
  consolidate: async (session: Session, differential: string) =>
    await session.call(backupConsolidate, {
      requestId: randomUUID(),
      backup: { kind: 'id', id: differential },
    }),
} as const;

test.each(
  (['differential', 'consolidate'] as const).flatMap((name) =>
    (['job', 'both'] as const).map((victim) => ({ name, victim })),
  ),
)(
  'a $name whose $victim is killed while it is written leaves the older backups, and the next run works',
  async ({ name, victim }) => {
    using folder = tempFolder();
    const app = await makeSmallApplication(folder.path);
    growDatabase(app, 3);
    let kedge = await startKedge(app.home);
    const flow = flows[name];
    try {
      const older = await (async () => {
        using session = await openSession(kedge.socket);
        const full = await takeMoment(session, app, 'full');
        changeAll(app, 'then');
        const differential = await takeMoment(session, app, 'differential');
        return [full, differential].map(({ backup }) => backup);
      })();
      const before = older.map(({ path }) => sha256Of(path));
      changeAll(app, 'now');
      const live = stateOf(app);
      for (const n of [1, 2, 3]) {
        {
          using session = await openSession(kedge.socket);
          const through = async () => {
            const { job } = await flow(session, older[1]?.id ?? '');
            return await session.ended(job);
          };
          await strikeAtChange(n, victim, kedge, app, through);
        }
        if (victim === 'both') {
          await kedge.kill();
          kedge = await startKedge(app.home);
        }
        using session = await openSession(kedge.socket);
        await idle(session);
        const where = `struck at change ${n}`;
        expect(
          older.map(({ path }) => sha256Of(path)),
          where,
        ).toEqual(before);
        // One that got its name before the strike is found in the folder, and verified.
        await until(async () => {
          const backups = await listed(kedge.socket);
          const found = backups.map(({ path }) => basename(path)).toSorted();
          const isAll = isDeepStrictEqual(found, namesIn(app.store));
          return isAll && backups.every(({ proof }) => proof.kind === 'verified');
        }, 60_000);
        await idle(session);
        expect(readdirSync(join(app.home, 'state', 'scratch')), where).toEqual([]);
        expect(stateOf(app), where).toEqual(live);
      }
      using session = await openSession(kedge.socket);
      const next = await resultOf(session, flow(session, older[1]?.id ?? ''));
      expect(next.kind).toBe('backup');
    } finally {
      await kedge.stop();
    }
  },
  300_000,
);

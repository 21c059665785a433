import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { SqlSession } from '../../agent/databases/sql-session.ts';
import { setFaultHook } from '../../agent/os/faults.ts';
import type { Work } from '../../agent/os/work.ts';
import { expireUndos } from '../../agent/restore/expire-undos.ts';
import { findUnfinishedJournals } from '../../agent/restore/recover.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import { failureOf } from '../../protocol/failures.ts';
import { ReconnectingClient } from '../databases/reconnecting-client.ts';
import type { FakeServices } from '../support/fake-service-control.ts';
import { until } from '../support/until.ts';
import { whileDown } from '../support/while-down.ts';

/** An application of one database in a server, with the services "host" and "server". */
export interface ServerApp extends Disposable {
  readonly database: string;
  readonly stateFolder: string;
  readonly backups: string;
  readonly services: FakeServices;
  readonly nowMs: number;
  work(): Work;
  backup(): Promise<Backup>;
  plan(backup: Backup): Promise<RestorePlan>;
  restore(plan: RestorePlan, work?: Work, consents?: readonly string[]): Promise<RestoreResult>;
  undo(id: string, work?: Work): Promise<RestoreResult>;
  recover(): Promise<void>;
}

/** A server of an engine, and how its tests look at it. */
export interface ServerFixture {
  /** Of a database of its own, with one table of so many rows. */
  make(rows: number, name?: string): ServerApp;
  /** That are hard to write down, and one as long as names may be. */
  readonly names: readonly string[];
  /** Of that table. */
  rows(app: ServerApp): number;
  /** All but so many go. */
  leave(app: ServerApp, rows: number): void;
  /** A database of somebody's own. */
  makeOther(name: string): void;
  drop(name: string): void;
  /** All of the server. */
  databases(): readonly string[];
  /** As the application logs in. */
  connect(app: ServerApp, over: AbortSignal): Promise<SqlSession>;
  /** Operations on its data while the application is down: none loads or copies, however much it holds. */
  readonly whileDown: readonly string[];
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** What a database in a server must hold, whatever the engine. `fixture` is asked when a test runs. */
export function serverDatabaseContract(
  engine: string,
  fixture: () => ServerFixture,
  run: typeof test | typeof test.skip = test,
): void {
  describe(`database contract: ${engine}`, () => {
    const small = (rows = 3, name?: string): ServerApp => fixture().make(rows, name);
    const rows = (app: ServerApp): number => fixture().rows(app);
    /** The live one, and those of Kedge's making beside it; without times and numbers of jobs. */
    const beside = ({ database }: ServerApp): readonly string[] =>
      fixture()
        .databases()
        .filter((name) => name === database || name.startsWith(`${database}__kedge_`))
        .map((name) => name.replace(/(__kedge_\w+)_\d+$/, '$1_N'))
        .toSorted();

    run('names that are hard to write down are restored and undone', async () => {
      for (const name of fixture().names) {
        using app = small(3, name);
        const backup = await app.backup();
        fixture().leave(app, 0);
        const { undo = '' } = await app.restore(await app.plan(backup));
        expect(rows(app), name).toBe(3);
        await app.undo(undo);
        expect(rows(app), name).toBe(0);
      }
    });

    run("somebody's own database of a name that Kedge would take stays as it is", async () => {
      using app = small();
      const plan = await app.plan(await app.backup());
      const work = app.work();
      const theirs = `${app.database}__kedge_new_${work.job}`;
      fixture().makeOther(theirs);
      await app.restore(plan, work);
      expect(fixture().databases()).toContain(theirs);
      const stamp = new Date(app.nowMs + 1000).toISOString().replace(/\D/g, '').slice(0, 17);
      fixture().makeOther(`${app.database}__kedge_undo_${stamp}`);
      expect(await failure(app.restore(plan))).toMatchObject({ code: 'busy' });
      expect(rows(app)).toBe(3);
    });

    run('a database that is gone comes back, and an undo takes it away again', async () => {
      using app = small();
      const backup = await app.backup();
      fixture().drop(app.database);
      const plan = await app.plan(backup);
      expect(plan.obstacles).toEqual([]);
      const { undo } = await app.restore(plan);
      expect(rows(app)).toBe(3);
      if (undo === undefined) return;
      await app.undo(undo);
      expect(beside(app)).not.toContain(`${app.database}__kedge_new_N`);
    });

    run('the application that does not start brings the old database back', async () => {
      using app = small();
      const backup = await app.backup();
      fixture().leave(app, 1);
      app.services.broken.add('host');
      const failed = await failure(app.restore(await app.plan(backup)));
      expect(failed).toMatchObject({ code: 'rolled-back' });
      expect([rows(app), beside(app)]).toEqual([1, [app.database]]);
    });

    run('without an undo the old database goes when the services run', async () => {
      using app = small();
      const backup = await app.backup();
      fixture().leave(app, 1);
      const plan = { ...(await app.plan(backup)), choices: { withoutUndo: true as const } };
      app.services.broken.add('host');
      const failed = await failure(app.restore(plan, app.work(), ['without undo']));
      expect(failed).toMatchObject({ code: 'rolled-back' });
      expect([rows(app), beside(app)]).toEqual([1, [app.database]]);
      app.services.broken.delete('host');
      await app.restore(plan, app.work(), ['without undo']);
      expect([rows(app), beside(app)]).toEqual([3, [app.database]]);
      expect(await listUndos(app.stateFolder)).toEqual([]);
    });

    run('what is cancelled while it loads leaves the old database alone', async () => {
      using app = small();
      const backup = await app.backup();
      fixture().leave(app, 1);
      const plan = await app.plan(backup);
      const cancel = new AbortController();
      setFaultHook(({ name }) => {
        // The server may go on with what it was asked for.
        if (/^(?:create|restore) database$/.test(name))
          setImmediate(() => cancel.abort(new Error('cancelled')));
      });
      const restoring = app.restore(plan, { ...app.work(), signal: cancel.signal });
      await expect(restoring.finally(() => setFaultHook(undefined))).rejects.toThrow('cancelled');
      await app.recover();
      expect(findUnfinishedJournals(app.stateFolder)).toEqual([]);
      expect([rows(app), beside(app)]).toEqual([1, [app.database]]);
      expect([...app.services.running].toSorted()).toEqual(['host', 'server']);
    });

    run('clients are out for no more than the renames, in a restore and in an undo', async () => {
      using app = small();
      const backup = await app.backup();
      fixture().leave(app, 1);
      const plan = await app.plan(backup);
      await using client = new ReconnectingClient(
        async (over) => await fixture().connect(app, over),
      );
      await until(() => client.entered > 0);
      expect((await app.plan(backup)).clients).toHaveLength(1);
      const before = client.entered;
      const restored = await whileDown(app, async () => await app.restore(plan));
      await until(() => client.entered > before);
      expect(rows(app)).toBe(3);
      const between = client.entered;
      const { undo = '' } = restored.result;
      const undone = await whileDown(app, async () => await app.undo(undo));
      await until(() => client.entered > between);
      expect(rows(app)).toBe(1);
      const short = fixture().whileDown;
      expect([restored.operations, undone.operations]).toEqual([short, short]);
      // The server runs on while what uses it is down.
      const acts = ['stop host', 'start host'];
      expect(app.services.calls).toEqual([...acts, ...acts]);
    });

    run(
      'of a server that is down nothing is taken, and its undo stays for another time',
      async () => {
        using app = small();
        const backup = await app.backup();
        fixture().leave(app, 1);
        const plan = await app.plan(backup);
        const { undo = '' } = await app.restore(plan);
        await fixture().stop();
        const before = readdirSync(app.backups);
        expect(await failure(app.backup())).toMatchObject({ code: 'nothing-captured' });
        expect(readdirSync(app.backups)).toEqual(before);
        expect((await app.plan(backup)).obstacles).not.toEqual([]);
        const [expired] = await expireUndos(app.stateFolder, Number.MAX_SAFE_INTEGER);
        expect(expired?.problem).toBeDefined();
        await fixture().start();
        expect((await listUndos(app.stateFolder)).map(({ id }) => id)).toEqual([undo]);
        await app.undo(undo);
        expect(rows(app)).toBe(1);
      },
    );
  });
}

async function failure(work: Promise<unknown>) {
  return await work.then(() => 'nothing failed', failureOf);
}

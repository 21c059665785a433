import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runBackup } from '../../agent/backup/run-backup.ts';
import { Config } from '../../agent/config/config.ts';
import type { Work } from '../../agent/os/work.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { makePlan } from '../../agent/restore/make-plan.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import type { RestoreContext } from '../../agent/restore/restore-context.ts';
import { runRestore } from '../../agent/restore/run-restore.ts';
import { runUndo } from '../../agent/restore/run-undo.ts';
import { findUndo } from '../../agent/restore/undo-records.ts';
import type { PostgresSourceSettings } from '../../agent/sources/postgres/settings.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import type { RestoreMode, RestorePart } from '../../protocol/domain/restore-order.ts';
import { FakeServices } from './fake-service-control.ts';
import type { TestPostgres } from './private-postgres.ts';

const never = new AbortController().signal;
const startMs = Date.UTC(2026, 10, 21, 12);

/** An application of one database in a server of the tests, with a state folder of its own. */
export class PostgresFixture implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'kedge-pg-app-'));
  readonly stateFolder = join(this.home, 'state');
  readonly backups = join(this.home, 'backups');
  readonly services = new FakeServices({ server: [], host: ['server'] });
  readonly database: string;
  readonly #server: TestPostgres;
  config: Config;
  nowMs = startMs;
  #job = 0;

  constructor(
    server: TestPostgres,
    database: string,
    changes: Partial<PostgresSourceSettings> = {},
  ) {
    this.#server = server;
    this.database = database;
    const { socket } = server;
    const user = 'postgres';
    // As it is read: a plan is bound to the order of its keys.
    this.config = Config.parse({
      application: { id: 'clinic', name: 'Clinic' },
      sources: { db: { engine: 'postgres', database, socket, user, ...changes } },
      stores: {},
      services: {
        server: {
          role: 'database',
          manager: 'process',
          command: ['/bin/true'],
          database: { engine: 'postgres', name: database, socket, user },
        },
        host: { role: 'host', manager: 'process', command: ['/bin/true'], dependsOn: ['server'] },
      },
    });
    mkdirSync(this.stateFolder);
    mkdirSync(this.backups);
    this.services.isGuarded = () => isGuarded(this.stateFolder);
  }

  get context(): RestoreContext {
    const { config, stateFolder, services } = this;
    return { config, stateFolder, installation: 'here', services };
  }

  work(job = ++this.#job): Work {
    const scratch = join(this.home, `scratch-${job}`);
    mkdirSync(scratch, { recursive: true });
    return { job, signal: never, scratch, progress: () => {}, log: () => {} };
  }

  async backup(base?: Backup, work = this.work()): Promise<Backup> {
    this.nowMs += 1000;
    const order = {
      backupId: `0000-${work.job}`,
      origin: 'manual' as const,
      name: `backup-${work.job}`,
      destination: { kind: 'folder' as const, folder: this.backups },
      installation: 'here',
      configText: '{}',
      zone: 'UTC',
      nowMs: this.nowMs,
      ...(base === undefined ? {} : { differential: { base: { id: base.id, path: base.path } } }),
    };
    return await runBackup(order, this.config, work, this.services);
  }

  async plan(
    backup: Backup,
    asked: { readonly mode?: RestoreMode; readonly parts?: readonly RestorePart[] } = {},
  ): Promise<RestorePlan> {
    const work = this.work();
    const { nowMs } = this;
    return await makePlan(
      { planId: 'plan', backup, nowMs, job: work.job, ...asked },
      this.context,
      work,
    );
  }

  async restore(
    plan: RestorePlan,
    work = this.work(),
    consents: readonly string[] = [],
  ): Promise<RestoreResult> {
    // Names of what is kept hold the second.
    this.nowMs += 1000;
    const order = { plan, confirmation: 'Clinic', undoId: `undo-${work.job}`, nowMs: this.nowMs };
    return await runRestore({ ...order, consents }, this.context, work);
  }

  async undo(id: string, work = this.work()): Promise<RestoreResult> {
    this.nowMs += 1000;
    const undo = await findUndo(this.stateFolder, id);
    const order = { undo, newUndoId: `undo-${work.job}`, nowMs: this.nowMs };
    return await runUndo(order, this.context, work);
  }

  async recover(): Promise<void> {
    for (const journal of findUnfinishedJournals(this.stateFolder)) {
      await recoverJournal(journal, this.context, this.work());
    }
  }

  /** All that a client could find in it, with what belongs to it by its number. */
  dump(): string {
    const text = this.#server.run('pg_dump', ['-C', '-d', this.database]);
    return text.replaceAll(/^\\(un)?restrict .*$/gm, '');
  }

  /** Databases of this name and beside it, "name|lets clients in"; times and jobs of names left out. */
  databases(): readonly string[] {
    const sql = `SELECT datname || '|' || datallowconn FROM pg_database WHERE datname LIKE '${this.database.slice(0, 20)}%' ORDER BY 1`;
    return this.#server
      .sql(sql)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(/(__kedge_\w+)_\d+\|/, '$1_N|'));
  }

  journal(job: number): string {
    return readFileSync(join(this.stateFolder, 'journal', `${job}.jsonl`), 'utf8');
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

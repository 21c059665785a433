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
import { previewUndo } from '../../agent/restore/undo-preview.ts';
import { findUndo, type UndoRecord } from '../../agent/restore/undo-records.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import type { RestoreMode, RestorePart } from '../../protocol/domain/restore-order.ts';
import type { UndoPreview } from '../../protocol/domain/undo-preview.ts';
import { FakeServices } from './fake-service-control.ts';

const never = new AbortController().signal;
const startMs = Date.UTC(2026, 10, 21, 12);

/** A server of the tests. */
export interface LookedAt {
  /** All that a client could find in a database, with what belongs to it. */
  dump(database: string): string;
  /** Those of this name and beside it; times and jobs of names left out. */
  databases(name: string): readonly string[];
}

interface DatabaseApp {
  readonly server: LookedAt;
  readonly source: { readonly database: string };
  /** How the server is reached as a service. */
  readonly service: object;
}

/** An application of one database in a server of the tests, with a state folder of its own. */
export class DatabaseFixture implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'kedge-db-app-'));
  readonly stateFolder = join(this.home, 'state');
  readonly backups = join(this.home, 'backups');
  readonly services = new FakeServices({ server: [], host: ['server'] });
  readonly database: string;
  readonly #server: LookedAt;
  config: Config;
  nowMs = startMs;
  #job = 0;

  /** The source "db", and the server as its service "server" knows it. */
  constructor({ server, source, service }: DatabaseApp) {
    this.#server = server;
    this.database = source.database;
    const program = { manager: 'process', command: ['/bin/true'] };
    // As it is read: a plan is bound to the order of its keys.
    this.config = Config.parse({
      application: { id: 'clinic', name: 'Clinic' },
      sources: { db: source },
      stores: {},
      services: {
        server: { role: 'database', ...program, database: service },
        host: { role: 'host', ...program, dependsOn: ['server'] },
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

  /** What taking it back would change, source by source. */
  async undoChanges(undo: UndoRecord): Promise<UndoPreview['changes']> {
    const work = this.work();
    const { changes } = await previewUndo({ undo, nowMs: this.nowMs }, this.context, work);
    return changes;
  }

  async recover(): Promise<void> {
    for (const journal of findUnfinishedJournals(this.stateFolder)) {
      await recoverJournal(journal, this.context, this.work());
    }
  }

  dump(): string {
    return this.#server.dump(this.database);
  }

  databases(): readonly string[] {
    return this.#server.databases(this.database);
  }

  journal(job: number): string {
    return readFileSync(join(this.stateFolder, 'journal', `${job}.jsonl`), 'utf8');
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noKeys } from '../../agent/archive/age/lock.ts';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { openArchiveFile } from '../../agent/archive/open-archive-file.ts';
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
import type { SqlserverSourceSettings } from '../../agent/sources/sqlserver/settings.ts';
import type { Backup, BackupOrigin } from '../../protocol/domain/backup.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import { FakeServices } from './fake-service-control.ts';
import type { FakeDatabase } from './tds/fake-database.ts';
import type { FakeSqlserver } from './tds/fake-sqlserver.ts';

const never = new AbortController().signal;
const startMs = Date.UTC(2026, 10, 21, 12);
export const password = 'Secret-1';

/** An application of one database in a scripted SQL Server, with a state folder of its own. */
export class SqlserverFixture implements Disposable {
  readonly home = mkdtempSync(join(tmpdir(), 'kedge-mssql-app-'));
  readonly stateFolder = join(this.home, 'state');
  readonly backups = join(this.home, 'backups');
  readonly services = new FakeServices({ server: [], host: ['server'] });
  readonly server: FakeSqlserver;
  readonly database: string;
  /** What a person would read in the log of the jobs. */
  readonly log: string[] = [];
  config: Config;
  nowMs = startMs;
  #job = 0;

  constructor(
    server: FakeSqlserver,
    database: string,
    changes: Partial<SqlserverSourceSettings> = {},
  ) {
    this.server = server;
    this.database = database;
    this.config = configOf(server, database, this.home, changes);
    mkdirSync(this.stateFolder);
    mkdirSync(this.backups);
    this.services.isGuarded = () => isGuarded(this.stateFolder);
  }

  get live(): FakeDatabase | undefined {
    return this.server.find(this.database);
  }

  get context(): RestoreContext {
    const { config, stateFolder, services } = this;
    return { config, stateFolder, installation: 'here', services };
  }

  work(job = ++this.#job): Work {
    const scratch = join(this.home, `scratch-${job}`);
    mkdirSync(scratch, { recursive: true });
    const log: Work['log'] = (_level, text) => void this.log.push(text);
    return { job, signal: never, scratch, progress: () => {}, log };
  }

  async backup(
    base?: Backup,
    origin: BackupOrigin = 'schedule',
    work = this.work(),
  ): Promise<Backup> {
    this.nowMs += 1000;
    const order = {
      backupId: `0000-${work.job}`,
      origin,
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
    asked: Pick<RestorePlan, 'mode' | 'parts'> = {},
  ): Promise<RestorePlan> {
    const work = this.work();
    const { nowMs } = this;
    const order = { planId: 'plan', backup, nowMs, job: work.job, ...asked };
    return await makePlan(order, this.context, work);
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
    for (const journal of findUnfinishedJournals(this.stateFolder))
      await recoverJournal(journal, this.context, this.work());
  }

  /** Databases of this name and beside it, "name|state|access"; times and jobs of names left out. */
  databases(): readonly string[] {
    return this.server.databases
      .filter(({ name }) => name.startsWith(this.database))
      .map(({ name, state, access }) => `${name}|${state}|${access}`)
      .map((line) => line.replace(/(__kedge_\w+)_\d+\|/, '$1_N|'))
      .toSorted();
  }

  /** What a backup says of itself. */
  async notes({ path }: Backup): Promise<readonly string[]> {
    await using reader = await openArchiveFile(path, noKeys);
    return (await openArchive(reader)).header.notes ?? [];
  }

  /** What lies in the exchange folder. */
  exchanged(): readonly string[] {
    return readdirSync(this.server.exchange);
  }

  journal(job: number): string {
    return readFileSync(join(this.stateFolder, 'journal', `${job}.jsonl`), 'utf8');
  }

  [Symbol.dispose](): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** As it is read: a plan is bound to the order of its keys. */
function configOf(
  server: FakeSqlserver,
  database: string,
  home: string,
  changes: Partial<SqlserverSourceSettings>,
): Config {
  const secret = join(home, 'password');
  writeFileSync(secret, password, { mode: 0o600 });
  const login = {
    host: '127.0.0.1',
    port: server.port,
    user: 'sa',
    password: { file: secret },
  };
  const exchange = { server: server.exchangeThere, here: server.exchange };
  return Config.parse({
    application: { id: 'clinic', name: 'Clinic' },
    sources: { db: { engine: 'sqlserver', database, ...login, exchange, ...changes } },
    stores: {},
    services: {
      server: {
        role: 'database',
        manager: 'process',
        command: ['/bin/true'],
        database: { engine: 'sqlserver', name: database, ...login },
      },
      host: { role: 'host', manager: 'process', command: ['/bin/true'], dependsOn: ['server'] },
    },
  });
}

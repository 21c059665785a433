import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { runBackup } from '../../agent/backup/run-backup.ts';
import type { Config } from '../../agent/config/config.ts';
import type { Work } from '../../agent/os/work.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { makePlan } from '../../agent/restore/make-plan.ts';
import type { RestoreContext } from '../../agent/restore/restore-context.ts';
import { runRestore } from '../../agent/restore/run-restore.ts';
import { runUndo } from '../../agent/restore/run-undo.ts';
import { findUndo } from '../../agent/restore/undo-records.ts';
import { type Entry, walk } from '../../agent/sources/tree/walk.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import { consentsOf } from '../../protocol/domain/restore-safety.ts';
import { FakeServices } from './fake-service-control.ts';

export const nowMs = Date.UTC(2026, 10, 21, 12);
const never = new AbortController().signal;

/** A small application on disk: a database in WAL mode, uploads with odd names, settings; and its state folder. */
export class RestoreFixture implements Disposable {
  readonly home = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'kedge-restore-')));
  readonly app = join(this.home, 'app');
  readonly stateFolder = join(this.home, 'state');
  readonly database = join(this.app, 'data', 'clinic.db');
  readonly uploads = join(this.app, 'uploads');
  readonly settings = join(this.app, 'clinic.conf');
  readonly extraSettings = join(this.app, 'extra.conf');
  readonly services = new FakeServices({ database: [], host: ['database'], agent: ['host'] });
  config: Config = {
    application: { id: 'clinic', name: 'Clinic', version: '1.0' },
    sources: {
      db: { engine: 'sqlite', path: this.database },
      uploads: { engine: 'files', path: this.uploads, exclude: ['cache', '**/*.tmp'] },
      conf: { engine: 'settings', paths: [this.settings, this.extraSettings] },
    },
    stores: {},
  };
  /** As the archives keep it. */
  configText = '{}';
  #job = 0;

  constructor() {
    for (const folder of ['data', 'uploads/2026', 'uploads/cache', 'uploads/empty']) {
      fs.mkdirSync(join(this.app, folder), { recursive: true });
    }
    fs.mkdirSync(this.stateFolder);
    this.services.isGuarded = () => isGuarded(this.stateFolder);
    this.fillDatabase();
    this.fillUploads();
    fs.writeFileSync(this.settings, 'mode = then\n', { mode: 0o640 });
  }

  get context(): RestoreContext {
    const { config, stateFolder, services } = this;
    return { config, stateFolder, installation: 'here', services };
  }

  fillDatabase(): void {
    const database = new Database(this.database);
    database.pragma('journal_mode = wal');
    database.exec('create table patient (id integer primary key, name text)');
    database.exec('create table "odd ""name" (x)');
    const insert = database.prepare('insert into patient (name) values (?)');
    database.transaction(() => {
      for (let n = 0; n < 300; n += 1) insert.run(`Patient ${n} ${'x'.repeat(50)}`);
    })();
    database.close();
  }

  fillUploads(): void {
    const at = (name: string | Buffer) =>
      Buffer.concat([Buffer.from(`${this.uploads}/`), Buffer.from(name)]);
    fs.writeFileSync(at('2026/scan.bin'), Buffer.alloc(300_000, 7));
    fs.writeFileSync(at('with\nnewline'), 'newline');
    fs.writeFileSync(at(Buffer.from([0x66, 0xff, 0xfe])), 'not utf-8');
    fs.writeFileSync(at('read-only'), 'mode', { mode: 0o440 });
    fs.linkSync(at('2026/scan.bin'), at('hard'));
    fs.symlinkSync('../../outside', at('link'));
    execFileSync('mkfifo', [`${this.uploads}/pipe`]);
    fs.writeFileSync(at('cache/c1'), 'not in backups');
    fs.utimesSync(at('with\nnewline'), 1_700_000_000.123456, 1_700_000_000.123456);
    fs.chmodSync(at('2026'), 0o750);
  }

  /** What happens after the backup: all of it is to be lost, or brought back. */
  changeAll(): void {
    const database = new Database(this.database);
    database.exec(
      "delete from patient where id <= 200; insert into patient (name) values ('Late')",
    );
    database.exec('create table later (x); insert into later values (1)');
    database.close();
    fs.rmSync(join(this.uploads, '2026/scan.bin'));
    fs.writeFileSync(join(this.uploads, 'read-only'), 'overwritten');
    fs.writeFileSync(join(this.uploads, 'new.txt'), 'newer than the backup');
    fs.writeFileSync(join(this.uploads, 'cache/c2'), 'cached since');
    fs.writeFileSync(this.settings, 'mode = now\n');
    fs.writeFileSync(this.extraSettings, 'was not there then\n');
  }

  work(job = ++this.#job, signal: AbortSignal = never): Work {
    const scratch = join(this.home, `scratch-${job}`);
    fs.mkdirSync(scratch, { recursive: true });
    return { job, signal, scratch, progress: () => {}, log: () => {} };
  }

  async backup(name = 'first'): Promise<Backup> {
    const folder = join(this.home, 'backups');
    fs.mkdirSync(folder, { recursive: true });
    return await runBackup(
      {
        backupId: `0000-${name}`,
        origin: 'manual',
        name,
        destination: { kind: 'folder', folder },
        installation: 'here',
        configText: this.configText,
        zone: 'UTC',
        nowMs,
      },
      this.config,
      this.work(),
      this.services,
    );
  }

  async plan(backup: Backup): Promise<RestorePlan> {
    const work = this.work();
    return await makePlan({ planId: 'plan', backup, nowMs, job: work.job }, this.context, work);
  }

  async restore(plan: RestorePlan, work = this.work()): Promise<RestoreResult> {
    const consents = consentsOf(plan.choices);
    const order = { plan, confirmation: 'Clinic', undoId: `undo-${work.job}`, nowMs, consents };
    return await runRestore(order, this.context, work);
  }

  async undo(id: string, work = this.work()): Promise<RestoreResult> {
    const undo = await findUndo(this.stateFolder, id);
    const order = { undo, newUndoId: `undo-${work.job}`, nowMs };
    return await runUndo(order, this.context, work);
  }

  /** All that is live, to be compared as a whole. */
  live(): unknown {
    return {
      database: fs.existsSync(this.database) ? rowsOf(this.database) : 'missing',
      uploads: treeOf(this.uploads),
      settings: [this.settings, this.extraSettings].map((path) => contentOf(path)),
    };
  }

  /** Kedge's own folders beside the live data. */
  places(): readonly string[] {
    return [this.app, join(this.app, 'data'), this.uploads].flatMap((folder) =>
      fs
        .readdirSync(folder)
        .filter((name) => name.startsWith('.kedge'))
        .map((name) => join(folder, name)),
    );
  }

  [Symbol.dispose](): void {
    fs.rmSync(this.home, { recursive: true, force: true });
  }
}

export function rowsOf(path: string): unknown {
  const database = new Database(path);
  try {
    const names = database
      .prepare<[], string>("select name from sqlite_master where type = 'table' order by 1")
      .pluck()
      .all();
    const tables = names.map((name) => [
      name,
      database.prepare(`select * from "${name.replaceAll('"', '""')}"`).all(),
    ]);
    return { ...Object.fromEntries(tables), integrity: database.pragma('integrity_check') };
  } finally {
    database.close();
  }
}

export function treeOf(root: string): unknown {
  if (!fs.existsSync(root)) return 'missing';
  const found = [...walk(Buffer.from(root), () => false)];
  return found.map((each) => (each.kind === 'entry' ? describe(each) : each)).sort();
}

function describe({ relative, path, stat }: Entry): string {
  const parts = [relative.toString('latin1'), stat.mode.toString(8), stat.uid, stat.gid];
  if (!stat.isDirectory()) parts.push(stat.nlink);
  // What is left out moves from folder to folder, which touches the root.
  if (relative.length > 0) parts.push(stat.mtimeNs / 1000n);
  if (stat.isSymbolicLink()) parts.push(fs.readlinkSync(path));
  if (stat.isFile()) {
    parts.push(createHash('sha256').update(fs.readFileSync(path)).digest('hex'));
  }
  return parts.join(' ');
}

function contentOf(path: string): string {
  if (!fs.existsSync(path)) return 'missing';
  return `${(fs.statSync(path).mode & 0o777).toString(8)} ${fs.readFileSync(path, 'utf8')}`;
}

/** Leaves a -wal with one commit, as a process that was killed does. */
export function leaveWal(path: string): void {
  const database = new Database(path);
  database.pragma('wal_autocheckpoint = 0');
  database.exec("insert into patient (name) values ('only in the -wal')");
  const [file, wal] = [`${path}.kept`, `${path}-wal.kept`];
  fs.copyFileSync(path, file);
  fs.copyFileSync(`${path}-wal`, wal);
  database.close();
  fs.copyFileSync(file, path);
  fs.copyFileSync(wal, `${path}-wal`);
  for (const each of [file, wal]) fs.rmSync(each);
}

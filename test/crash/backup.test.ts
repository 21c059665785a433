import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import { runConsolidate } from '../../agent/backup/consolidate.ts';
import { describeArchive } from '../../agent/backup/describe-archive.ts';
import { takeBackup } from '../../agent/backup/run-backup.ts';
import { runVerify } from '../../agent/backup/run-verify.ts';
import { namingSystemError } from '../../agent/backup/space.ts';
import { openChain } from '../../agent/chain/chain.ts';
import { findBaseIn } from '../../agent/chain/find-base.ts';
import type { JobOrder } from '../../agent/jobs/job-order.ts';
import { removeTree } from '../../agent/os/files.ts';
import type { Work } from '../../agent/os/work.ts';
import { cleanAfterSafely } from '../../agent/server/clean-after.ts';
import type { Daemon } from '../../agent/server/daemon.ts';
import { openStore } from '../../agent/stores/stores.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { failureOf } from '../../protocol/failures.ts';
import { makeSmallClinic, noServices, type SmallClinic } from '../backup/small-clinic.ts';
import { signal } from '../support/archives.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { type Fault, runWithFault } from '../support/enumerate-faults.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { sha256Of } from '../support/transfer-fixture.ts';

const job = 7;

let taken = 0;
function nextId(): string {
  taken += 1;
  return `backup-${taken}`;
}

/** A clinic that has changed since its full and its first differential, with the state folder of its Kedge. */
interface ChangedClinic {
  readonly clinic: SmallClinic;
  readonly state: string;
  readonly full: Backup;
  readonly differential: Backup;
}

async function changedClinic(): Promise<ChangedClinic> {
  const clinic = await makeSmallClinic();
  rmSync(clinic.database);
  makeBusyDatabase(clinic.database, 'wal', 1.1);
  const state = join(clinic.folder, 'state');
  const full = await take({ clinic, state });
  const differential = await take({ clinic, state }, full);
  const database = new Database(clinic.database);
  database.exec("update filler set text = 'changed' where id % 40 = 0");
  database.close();
  appendFileSync(join(clinic.uploads, 'scans', 'hand.tif'), 'and more');
  writeFileSync(join(clinic.uploads, 'new.txt'), 'new');
  rmSync(join(clinic.uploads, 'letter.txt'));
  return { clinic, state, full, differential };
}

function workIn(state: string): Work {
  const scratch = join(state, 'scratch', String(job));
  mkdirSync(scratch, { recursive: true });
  return { ...recordedWork(), job, scratch };
}

async function take(
  { clinic, state }: Pick<ChangedClinic, 'clinic' | 'state'>,
  full?: Backup,
  backupId = nextId(),
): Promise<Backup> {
  const against = full && { differential: { base: { id: full.id, path: full.path } } };
  const nowMs = clinic.order.nowMs + taken * 1000;
  const order = { ...clinic.order, ...against, backupId, nowMs };
  return (await takeBackup(order, clinic.config, workIn(state), noServices)).backup;
}

async function consolidate(
  { clinic, state, differential }: ChangedClinic,
  backupId = nextId(),
): Promise<Backup> {
  const { destination } = clinic.order;
  const order = { path: differential.path, backupId, destination };
  return await runConsolidate(order, clinic.config, workIn(state));
}

interface Flow {
  readonly run: (at: ChangedClinic, backupId?: string) => Promise<Backup>;
  readonly order: (at: ChangedClinic, backupId: string) => JobOrder;
}

const backupOrder = ({ clinic }: ChangedClinic, backupId: string): JobOrder => {
  const { destination } = clinic.order;
  return { kind: 'backup', backupId, origin: 'manual', destination };
};

const flows: Readonly<Record<string, Flow>> = {
  full: { run: (at, id) => take(at, undefined, id), order: backupOrder },
  differential: { run: (at, id) => take(at, at.full, id), order: backupOrder },
  consolidate: {
    run: consolidate,
    order: (at, backupId) => ({
      kind: 'consolidate',
      backupId,
      backup: at.differential,
      path: at.differential.path,
      destination: at.clinic.order.destination,
    }),
  },
};

/** Name and content of all files. */
async function contentOf(path: string): Promise<ReadonlyMap<string, string>> {
  await using reader = await openFileReader(path);
  await using chain = await openChain(reader, findBaseIn(path, []));
  const found = new Map<string, string>();
  for await (const member of chain.members()) {
    if (member.kind !== 'file') continue;
    const sum = createHash('sha256');
    for await (const part of chain.content(member, signal)) sum.update(part);
    found.set(member.name.toString(), sum.digest('hex'));
  }
  return found;
}

/** All but the sources that an archive says it lacks: one that could not be read is a named gap. */
async function without(content: ReadonlyMap<string, string>, path: string) {
  const { gaps } = await describeArchive(path, 'main');
  const lacking = new Set(gaps.map(({ source }) => source));
  return new Map([...content].filter(([name]) => !lacking.has(name.split('/')[0] ?? '')));
}

/** What ends a job: its process removes its scratch; after one that died Kedge does the rest. */
async function tidy(at: ChangedClinic, fault: Fault, order: JobOrder): Promise<void> {
  const { state, clinic } = at;
  if (fault !== 'crash') return await removeTree(join(state, 'scratch', String(job)));
  const daemon = {
    places: { state },
    state: { installation: 'of-the-clinic' },
    configFile: { inForce: () => clinic.config },
    log: { write: (_level: string, text: string) => expect.fail(text) },
  } as unknown as Daemon;
  await cleanAfterSafely(daemon, job, order);
}

/** The archives that came; nothing else did, what was there is as it was, and all of it verifies. */
async function expectWhole(at: ChangedClinic, before: ReadonlyMap<string, string>, where: string) {
  const { clinic, state } = at;
  const settings = clinic.config.stores['main'];
  if (settings === undefined) throw new Error('the fixture has no store');
  const listed = await openStore('main', settings).list();
  expect(clinic.stored().toSorted(), where).toEqual(listed.map(({ name }) => name));
  for (const [path, sha256] of before) expect(sha256Of(path), where).toBe(sha256);
  for (const { path } of listed) {
    expect((await runVerify(path, workIn(state))).integrity, `${where}: ${path}`).toBe('ok');
  }
  rmSync(join(state, 'scratch', String(job)), { recursive: true });
  expect(readdirSync(join(state, 'scratch')), where).toEqual([]);
  return listed.filter(({ path }) => !before.has(path)).map(({ path }) => path);
}

/** Each run starts from the same bytes in the same places. */
function snapshotOf(folder: string): { restore(): void } {
  const saved = `${folder}.saved`;
  execFileSync('cp', ['-a', folder, saved]);
  return {
    restore() {
      rmSync(folder, { recursive: true });
      execFileSync('cp', ['-a', saved, folder]);
    },
  };
}

const codes: Readonly<Record<Fault, string | undefined>> = {
  EIO: 'io-failed',
  ENOSPC: 'no-space',
  crash: undefined,
};

async function expectNamed(fault: Fault, error: unknown, at: ChangedClinic, where: string) {
  if (codes[fault] === undefined || error === undefined) return;
  const failure = failureOf(await namingSystemError(error));
  expect(failure, where).toMatchObject({
    code: codes[fault],
    params: { path: expect.stringContaining(at.clinic.folder) },
  });
}

test.for(
  Object.entries(flows).flatMap(([name, flow]) =>
    (['EIO', 'ENOSPC', 'crash'] as const).map((fault) => ({ name, flow, fault })),
  ),
)(
  '$name, $fault at each operation: there is no new backup or a whole one, older ones verify, and the next run works',
  { timeout: 300_000 },
  async ({ name, flow, fault }) => {
    const at = await changedClinic();
    const { clinic, full, differential } = at;
    const before = new Map([full, differential].map(({ path }) => [path, sha256Of(path)]));
    const start = snapshotOf(clinic.folder);
    const outcomes = { none: 0, whole: 0 };
    for (let k = 1; ; k += 1) {
      const backupId = `faulted-${k}`;
      const faulted = await runWithFault(fault, k, () => flow.run(at, backupId));
      if (faulted === undefined) break;
      const { where, error } = faulted;
      await expectNamed(fault, error, at, where);
      await tidy(at, fault, flow.order(at, backupId));
      const came = await expectWhole(at, before, where);
      outcomes[came.length === 0 ? 'none' : 'whole'] += 1;
      const next = await flow.run(at);
      expect(next.kind, where).toBe(name === 'differential' ? 'differential' : 'full');
      const content = await contentOf(next.path);
      expect(content.get('uploads/new.txt') === undefined, where).toBe(name === 'consolidate');
      for (const path of came)
        expect(await contentOf(path), where).toEqual(await without(content, path));
      start.restore();
    }
    const tried = outcomes.none + outcomes.whole;
    process.stderr.write(
      `${name}: ${fault} at each of ${tried} operations: ${JSON.stringify(outcomes)}\n`,
    );
    expect(outcomes.none).toBeGreaterThan(3);
    expect(outcomes.whole).toBeGreaterThan(0);
  },
);

import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { processesWith } from '../../agent/os/process-session.ts';
import { type Daemon, openDaemon } from '../../agent/server/daemon.ts';
import { lacksRoom } from '../../agent/server/rota/drill-room.ts';
import { turnTaker } from '../../agent/server/rota/keep-rota.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { isFinished, type Job } from '../../protocol/domain/job.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const dayMs = 24 * 3_600_000;
/** Real jobs on a busy machine. */
const deadlineMs = 60_000;
const host = fileURLToPath(new URL('../support/trial-host.ts', import.meta.url));

async function open(home: string, logged: string[]): Promise<Daemon> {
  return await openDaemon({
    places: findPlaces({ KEDGE_HOME: home }),
    output: ({ level, text }) => logged.push(`${level}: ${text}`),
    requestStop: () => undefined,
    signal: AbortSignal.timeout(deadlineMs),
  });
}

function submitBackup(daemon: Daemon): Job {
  return daemon.jobs.submit({
    kind: 'backup',
    title: 'full backup to local',
    command: 'kedge backup create',
    origin: 'manual',
    order: {
      kind: 'backup',
      backupId: randomUUID(),
      origin: 'manual',
      destination: { kind: 'store', store: 'local' },
    },
  });
}

async function ended(daemon: Daemon, id: number | undefined): Promise<Job> {
  const job = () => daemon.state.jobs.get(id ?? 0)?.job;
  await until(() => {
    const at = job();
    return at !== undefined && isFinished(at);
  }, deadlineMs);
  const found = job();
  if (found === undefined) throw new Error('no job');
  return found;
}

async function allEnded(daemon: Daemon): Promise<void> {
  await until(() => daemon.state.jobs.unfinished().length === 0, deadlineMs);
}

/** As if it had been proven so many days ago. */
function age(daemon: Daemon, { id }: Backup, days: number): void {
  const record = daemon.state.proofs.get(id);
  if (record?.proof.kind !== 'verified') throw new Error(`not verified: ${id}`);
  const proof = { ...record.proof, atMs: daemon.now() - days * dayMs };
  daemon.state.proofs.set(id, { ...record, proof });
  daemon.broadcast.publish({ topic: 'backups', total: daemon.backups.count() });
}

test('a backup is drilled once it is verified, verified again a month later, and both give way to other work', async () => {
  using folder = tempFolder();
  const scratch = join(folder.path, 'drills');
  const mark = randomUUID();
  const hanging = {
    command: [process.execPath, host, '{database}', '{port}', 'hangs'],
    environment: { TRIAL_MARK: mark },
    ready: { kind: 'http', url: 'http://127.0.0.1:{port}/health' },
    timeoutSeconds: 60,
  };
  mkdirSync(scratch);
  const { home } = await makeSmallApplication(folder.path, { drill: { scratch } });
  const logged: string[] = [];
  await using daemon = await open(home, logged);
  using taker = turnTaker(() => daemon, 0);
  expect(await taker.take()).toBeUndefined();

  await ended(daemon, submitBackup(daemon).id);
  await allEnded(daemon);
  const [backup] = daemon.backups.all();
  if (backup === undefined) throw new Error('no backup');
  // Somebody may be at work yet.
  using patient = turnTaker(() => daemon);
  expect(await patient.take()).toBeUndefined();
  const drill = await ended(daemon, await taker.take());
  expect([drill.kind, drill.origin, drill.state.kind]).toEqual(['drill', 'kedge', 'done']);
  expect(daemon.backups.get(backup.id)?.proven).toBeDefined();
  expect(await taker.take()).toBeUndefined();

  age(daemon, backup, 40);
  const verify = await ended(daemon, await taker.take());
  expect([verify.kind, verify.origin, verify.state.kind]).toEqual(['verify', 'kedge', 'done']);
  const { proof } = daemon.backups.get(backup.id) ?? backup;
  expect(proof.kind === 'verified' && daemon.now() - proof.atMs < dayMs).toBe(true);
  expect(await taker.take()).toBeUndefined();

  const { text, revision } = daemon.configFile.onDisk();
  const config = { ...JSON.parse(text), drill: { scratch, probe: hanging } };
  await daemon.configFile.save(JSON.stringify(config), revision);
  daemon.state.drills.set(backup.id, { atMs: daemon.now() - 8 * dayMs, seconds: 1 });
  daemon.broadcast.publish({ topic: 'backups', total: daemon.backups.count() });
  const waiting = await taker.take();
  await until(() => processesWith(`TRIAL_MARK=${mark}`).length > 0, deadlineMs);
  const second = submitBackup(daemon);
  const { state } = await ended(daemon, waiting);
  expect(state).toEqual({
    kind: 'cancelled',
    gaveWayTo: `job ${second.id}, full backup to local`,
  });
  expect((await ended(daemon, second.id)).state.kind).toBe('done');
  await allEnded(daemon);
  expect([processesWith(`TRIAL_MARK=${mark}`), readdirSync(scratch)]).toEqual([[], []]);
  const { problems } = await daemon.overview.snapshot();
  expect(problems.map(({ id }) => id)).toEqual(['no-schedule']);
  // Its turn comes again, but not at once.
  expect(await taker.take()).toBeUndefined();
  expect(logged.filter((line) => line.startsWith('error'))).toEqual([]);

  expect(await lacksRoom(daemon, { ...backup, contentBytes: 2 ** 60 })).toBe(true);
  expect(await lacksRoom(daemon, { ...backup, contentBytes: 2 ** 60 })).toBe(true);
  const told = logged.filter((line) => /^warning: no drill of/.test(line));
  expect(told).toHaveLength(1);
  expect(daemon.overview.standing.get('drill-room')?.text).toMatch(/it needs .* for a copy/);
  expect(await lacksRoom(daemon, backup)).toBe(false);
  expect(daemon.overview.standing.has('drill-room')).toBe(false);
  rmdirSync(scratch);
  expect(await lacksRoom(daemon, backup)).toBe(true);
  expect(daemon.overview.standing.get('drill-room')?.text).toMatch(/can't be looked at: ENOENT/);
}, 120_000);

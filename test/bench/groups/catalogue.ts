import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openCatalogue } from '../../../agent/catalogue/catalogue.ts';
import { Backup } from '../../../protocol/domain/backup.ts';
import { backupList } from '../../../protocol/methods/backup.ts';
import { openSession, type Session } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import { makeSmallArchives } from '../data/small-archives.ts';
import { measured } from '../measure/rows.ts';
import { makeHome } from '../product/make-home.ts';
import { startKedge } from '../product/start-kedge.ts';
import type { Row } from '../row.ts';

const pageRows = 50;
const pagesAsked = 40;

/** The list of backups: made again from the archives, and read in pages when it is long. */
export async function catalogue(bench: Bench): Promise<readonly Row[]> {
  return [...(await rebuildRows(bench)), ...(await pageRowsOf(bench))];
}

async function rebuildRows({ quick, runs, folder, signal, say }: Bench): Promise<readonly Row[]> {
  const count = quick ? 100 : 1_000;
  const { home, store } = await makeHome(join(folder, 'catalogue'));
  say(`writing ${count} small archives`);
  await makeSmallArchives(store, count);
  const lost: number[] = [];
  const kept: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    dropCatalogue(home);
    lost.push(await secondsToList(home, count, signal));
    kept.push(await secondsToList(home, count, signal));
  }
  return [
    measured(`start with the catalogue lost, ${count} archives`, 's', lost, {
      peer: ['catalogue there', kept],
      budget: { of: 'excess', must: (10 * count) / 1_000, goal: (3 * count) / 1_000 },
    }),
  ];
}

function dropCatalogue(home: string): void {
  for (const end of ['', '-wal', '-shm']) {
    rmSync(join(home, 'state', `catalogue.sqlite${end}`), { force: true });
  }
}

/** From nothing to a daemon that lists them all. */
async function secondsToList(home: string, count: number, signal: AbortSignal): Promise<number> {
  const startedAt = performance.now();
  await using kedge = await startKedge(home, signal);
  using session = await openSession(kedge.socket);
  const { total } = await session.call(backupList, { offset: 0, limit: 1 });
  const seconds = (performance.now() - startedAt) / 1000;
  if (total !== count) throw new Error(`${total} of ${count} backups are listed after the start`);
  return seconds;
}

async function pageRowsOf({ quick, folder, signal, say }: Bench): Promise<readonly Row[]> {
  const count = quick ? 10_000 : 100_000;
  const { home } = await makeHome(join(folder, 'pages'));
  say(`a catalogue of ${count} backups`);
  mkdirSync(join(home, 'state'), { recursive: true });
  fillCatalogue(join(home, 'state', 'catalogue.sqlite'), count);
  const startedAt = performance.now();
  await using kedge = await startKedge(home, signal);
  const start = (performance.now() - startedAt) / 1000;
  using session = await openSession(kedge.socket);
  const budget = { of: 'value', must: 50, goal: 10 } as const;
  const page = async (what: string, asked: { offset: number; filter?: string }): Promise<Row> =>
    measured(`${what} of ${count} backups`, 'ms', await askPages(session, asked), { budget });
  return [
    await page('first page', { offset: 0 }),
    await page('a page in the middle', { offset: count / 2 }),
    await page('filtered page', { offset: 0, filter: '77' }),
    measured(`start with ${count} backups`, 's', [start]),
  ];
}

async function askPages(
  session: Session,
  asked: { readonly offset: number; readonly filter?: string },
): Promise<readonly number[]> {
  const latencies: number[] = [];
  for (let page = 0; page < pagesAsked; page += 1) {
    const askedAt = performance.now();
    const { backups } = await session.call(backupList, { ...asked, limit: pageRows });
    latencies.push(performance.now() - askedAt);
    if (backups.length !== pageRows) throw new Error(`a page came with ${backups.length} rows`);
  }
  return latencies;
}

/** Backups outside all stores, as the daemon would have noted them. */
function fillCatalogue(path: string, count: number): void {
  using list = openCatalogue(path);
  for (let number = 0; number < count; number += 1) list.put(backupOf(number));
}

function backupOf(number: number): Backup {
  return Backup.parse({
    id: randomUUID(),
    kind: 'full',
    application: 'bench',
    host: 'server1',
    installation: 'installation-1',
    origin: 'manual',
    capturedAtMs: Date.UTC(2026, 0, 1) + number * 60_000,
    zone: 'UTC',
    path: `/backups/elsewhere/bench_${number}_full.tar.zst`,
    presence: 'present',
    sizeBytes: 1_000_000 + number,
    contentBytes: 3_000_000,
    outcome: 'complete',
    gaps: [],
    sources: [{ name: 'database', engine: 'sqlite', members: 1, bytes: 3_000_000 }],
    proof: { kind: 'sealed' },
    integrity: 'pending',
  });
}

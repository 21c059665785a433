import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSession } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import { type ApplicationData, dataIn } from '../data/application-data.ts';
import { doubleDatabase, makeDatabase } from '../data/make-database.ts';
import { measured } from '../measure/rows.ts';
import { type BackupRun, backUp, dropArchive } from '../product/back-up.ts';
import { makeHome } from '../product/make-home.ts';
import { startKedge } from '../product/start-kedge.ts';
import type { Row } from '../row.ts';

const mebibyte = 1024 * 1024;
const budgets = {
  full: { of: 'value', must: 256, goal: 128 },
  differential: { of: 'value', must: 320, goal: 128 },
} as const;

/** Whether time grows with the data and memory does not: once each, so read the trend and not the digits. */
export async function growth(bench: Bench): Promise<readonly Row[]> {
  return [...(await databaseRows(bench)), ...(await fileRows(bench))];
}

async function databaseRows(bench: Bench): Promise<readonly Row[]> {
  const sizes = bench.quick ? [32, 64] : [1_024, 2_048, 4_096, 8_192];
  const data = emptyData(join(bench.folder, 'growth-database'));
  const [first = 1] = sizes;
  const rows: Row[] = [];
  for (const size of sizes) {
    bench.say(`a database of ${size} MiB`);
    if (size === first) makeDatabase(data.database, size * mebibyte);
    else doubleDatabase(data.database);
    const runs = await fullAndDifferential(bench, data);
    rows.push(...rowsOf(`${size} MiB database`, runs, size / 1_024, 'a GiB'));
  }
  rmSync(data.folder, { recursive: true });
  return rows;
}

async function fileRows(bench: Bench): Promise<readonly Row[]> {
  const counts = bench.quick ? [100, 1_000] : [1_000, 10_000, 100_000];
  const rows: Row[] = [];
  for (const count of counts) {
    bench.say(`${count} files`);
    const data = emptyData(join(bench.folder, 'growth-files'));
    makeDatabase(data.database, mebibyte);
    makeSmallFiles(data.uploads, count);
    const runs = await fullAndDifferential(bench, data);
    rows.push(...rowsOf(`${count} files`, runs, count / 10_000, '10,000 files'));
    rmSync(data.folder, { recursive: true });
  }
  return rows;
}

function emptyData(folder: string): ApplicationData {
  const data = dataIn(folder);
  for (const name of ['database', 'uploads', 'settings']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const path of data.settings) writeFileSync(path, 'key = value\n');
  return data;
}

function makeSmallFiles(folder: string, count: number): void {
  for (let number = 0; number < count; number += 1) {
    const inside = join(folder, String(Math.floor(number / 500)));
    if (number % 500 === 0) mkdirSync(inside);
    writeFileSync(join(inside, `letter-${number}.txt`), `Letter ${number}\n`.repeat(150));
  }
}

interface Runs {
  readonly full: BackupRun;
  readonly differential: BackupRun;
}

async function fullAndDifferential(bench: Bench, data: ApplicationData): Promise<Runs> {
  const place = join(bench.folder, 'growth-home');
  const { home } = await makeHome(place, data);
  try {
    await using kedge = await startKedge(home, bench.signal);
    using session = await openSession(kedge.socket);
    const full = await backUp(kedge, session, bench.signal);
    const differential = await backUp(kedge, session, bench.signal, 'differential');
    for (const run of [differential, full]) dropArchive(run);
    return { full, differential };
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function rowsOf(of: string, { full, differential }: Runs, amount: number, unit: string): Row[] {
  return [
    measured(`full of ${of}, ${unit}`, 's', [full.seconds / amount]),
    measured(`  its memory`, 'MiB', [full.peakMebibytes], { budget: budgets.full }),
    measured(`differential of nothing new, ${unit}`, 's', [differential.seconds / amount]),
    measured(`  its memory`, 'MiB', [differential.peakMebibytes], {
      budget: budgets.differential,
    }),
  ];
}

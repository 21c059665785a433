import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { backupExtract } from '../../../protocol/methods/backup.ts';
import { openSession, type Session } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import type { ApplicationData } from '../data/application-data.ts';
import { changeData } from '../data/change-data.ts';
import { countBytesRead } from '../measure/bytes-read.ts';
import { interleave } from '../measure/interleave.ts';
import { measured } from '../measure/rows.ts';
import { hasProgram, type ProgramRun, runProgram } from '../measure/run-program.ts';
import { backUp } from '../product/back-up.ts';
import { makeHome } from '../product/make-home.ts';
import { resultOf, runJob } from '../product/run-job.ts';
import { type RunningKedge, startKedge } from '../product/start-kedge.ts';
import { absentRow, type Row } from '../row.ts';

const mebibyte = 1024 * 1024;
const wantedBytes = 100 * 1024;
const budgets = {
  wall: { of: 'value', must: 0.5, goal: 0.3 },
  read: { of: 'value', must: 10, goal: 2 },
} as const;

/** One small file out of a full, and out of a differential: how long, and how much of the archive is read. */
export async function extract(bench: Bench): Promise<readonly Row[]> {
  const data = await bench.data();
  const { home } = await makeHome(join(bench.folder, 'extract'), data);
  await using kedge = await startKedge(home, bench.signal);
  using session = await openSession(kedge.socket);
  const wanted = fileOfSize(data);
  const { backup: full } = await backUp(kedge, session, bench.signal);
  changeData(data);
  const { backup: differential } = await backUp(kedge, session, bench.signal, 'differential');
  return [
    ...(await rowsFor(bench, kedge, session, full, wanted)),
    ...(await rowsFor(bench, kedge, session, differential, wanted, full.path)),
  ];
}

/** The upload whose size is nearest to what is wanted, as it is named in an archive. */
function fileOfSize({ uploads }: ApplicationData): string {
  const files = readdirSync(uploads, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const off = (path: string): number => Math.abs(statSync(path).size - wantedBytes);
  const nearest = files.reduce((best, path) => (off(path) < off(best) ? path : best));
  return join('uploads', relative(uploads, nearest));
}

async function rowsFor(
  bench: Bench,
  kedge: RunningKedge,
  session: Session,
  backup: Backup,
  wanted: string,
  base?: string,
): Promise<readonly Row[]> {
  const { folder, runs, signal } = bench;
  const take = async () => {
    const to = join(folder, 'extracted');
    const asked = session.call(backupExtract, {
      requestId: randomUUID(),
      backup: { kind: 'id', id: backup.id },
      paths: [wanted],
      folder: to,
    });
    const run = await runJob(kedge, session, asked, signal);
    if (resultOf(run, 'extract').extract.members !== 1) throw new Error('not one file came');
    rmSync(to, { recursive: true });
    return run;
  };
  const unpack = async (): Promise<ProgramRun> => {
    const to = join(folder, 'unpacked');
    mkdirSync(to);
    const argv = ['tar', '--zstd', '-xf', base ?? backup.path, '-C', to, wanted];
    const run = await runProgram(argv, { signal });
    rmSync(to, { recursive: true });
    return run;
  };
  bench.say(`one file out of a ${backup.kind}`);
  const contestants = new Map<string, () => Promise<{ readonly seconds: number }>>([
    ['kedge', take],
    ['tar', unpack],
  ]);
  const results = await interleave(runs, contestants, signal);
  const seconds = (name: string) => (results.get(name) ?? []).map((run) => run.seconds);
  return [
    measured(`wall, out of a ${backup.kind}`, 's', seconds('kedge'), {
      peer: ['tar --zstd -x of a full', seconds('tar')],
      budget: budgets.wall,
    }),
    await readingRow(bench, kedge, backup, take, base),
  ];
}

/** In runs of its own: strace slows what it follows. */
async function readingRow(
  { folder }: Bench,
  kedge: RunningKedge,
  backup: Backup,
  take: () => Promise<unknown>,
  base?: string,
): Promise<Row> {
  const what = `read of the archives, out of a ${backup.kind}`;
  if (!hasProgram('strace')) return absentRow(what, 'strace is not installed');
  let bytes = 0;
  for (const path of base === undefined ? [backup.path] : [backup.path, base]) {
    await using reading = await countBytesRead(kedge.pid, path, join(folder, 'strace.log'));
    await take();
    bytes += await reading.bytes();
  }
  return measured(what, 'MiB', [bytes / mebibyte], { budget: budgets.read });
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { backupVerify } from '../../../protocol/methods/backup.ts';
import { openSession } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import { interleave } from '../measure/interleave.ts';
import { measured } from '../measure/rows.ts';
import { type ProgramRun, runProgram } from '../measure/run-program.ts';
import { backUp } from '../product/back-up.ts';
import { makeHome } from '../product/make-home.ts';
import { type JobRun, resultOf, runJob } from '../product/run-job.ts';
import { startKedge } from '../product/start-kedge.ts';
import type { Row } from '../row.ts';

const mebibyte = 1024 * 1024;

/** Verification of an archive: every frame and member hashed, and SQLite's own check of the database. */
export async function verify(bench: Bench): Promise<readonly Row[]> {
  const { signal } = bench;
  const { home } = await makeHome(join(bench.folder, 'verify'), await bench.data());
  await using kedge = await startKedge(home, signal);
  using session = await openSession(kedge.socket);
  const { backup } = await backUp(kedge, session, signal);
  const ours: JobRun[] = [];
  const zstd: ProgramRun[] = [];
  const contestants = new Map([
    [
      'kedge',
      async () => {
        const asked = session.call(backupVerify, {
          requestId: randomUUID(),
          backup: { kind: 'id', id: backup.id },
        });
        const run = await runJob(kedge, session, asked, signal);
        const { integrity } = resultOf(run, 'verify').verify;
        if (integrity !== 'ok') throw new Error(`integrity is "${integrity}"`);
        ours.push(run);
      },
    ],
    [
      'zstd -t',
      async () => void zstd.push(await runProgram(['zstd', '-q', '-t', backup.path], { signal })),
    ],
  ]);
  bench.say([...contestants.keys()].join(', '));
  await interleave(bench.runs, contestants, signal);
  const seconds = ours.map((run) => run.seconds);
  const rate = seconds.map((each) => backup.contentBytes / mebibyte / each);
  return [
    measured('wall', 's', seconds, { peer: ['zstd -t', zstd.map((run) => run.seconds)] }),
    measured(
      'processor time',
      's',
      ours.map((run) => run.processorSeconds),
      { peer: ['zstd -t', zstd.map((run) => run.processorSeconds)] },
    ),
    measured('content a second', 'MiB/s', rate),
    measured(
      'peak memory of the job',
      'MiB',
      ours.map(({ peakMebibytes }) => peakMebibytes),
    ),
  ];
}

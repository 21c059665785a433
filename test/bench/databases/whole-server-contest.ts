import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openSession } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import { type Attempt, against, dropped } from '../measure/attempts.ts';
import { interleave } from '../measure/interleave.ts';
import { measured } from '../measure/rows.ts';
import { runProgram, shell } from '../measure/run-program.ts';
import { backUp } from '../product/back-up.ts';
import { makeHome } from '../product/make-home.ts';
import { restoreBackup } from '../product/restore-backup.ts';
import { startKedge } from '../product/start-kedge.ts';
import type { Row } from '../row.ts';
import { transactions } from './database-contest.ts';

/** What another tool prints, packed by zstd, and what it is called in the table. */
interface PhysicalPeer {
  readonly words: string;
  readonly argv: readonly string[];
}

/** A whole server, and what copies it beside Kedge. */
export interface WholeServer {
  /** Names its folder. */
  readonly name: string;
  readonly source: object;
  /** By which Kedge stops and starts it. */
  readonly service: object;
  /** Given a folder in which it may leave what the differential needs. */
  full(folder: string): PhysicalPeer;
  differential(folder: string): PhysicalPeer;
  work(count: number): void;
}

const mebibyte = 1024 * 1024;

/** A whole server by its data folder, against the program that copies it. */
export async function wholeServerContest(bench: Bench, who: WholeServer): Promise<readonly Row[]> {
  const { signal } = bench;
  const folder = join(bench.folder, who.name);
  const { source, service } = who;
  const config = { sources: { server: source }, services: { server: service } };
  const { home } = await makeHome(folder, undefined, config);
  await using kedge = await startKedge(home, signal);
  using session = await openSession(kedge.socket);
  const beside = async (kind: 'full' | 'differential', { argv, words }: PhysicalPeer) => {
    const contestants = new Map([
      ['kedge', async () => dropped(await backUp(kedge, session, signal, kind))],
      ['physical', async () => await packed(folder, argv, signal)],
    ]);
    const attempts = await interleave<Attempt>(bench.runs, contestants, signal);
    return against(`whole server, ${kind}`, attempts, 'physical', `${words} | zstd`);
  };
  bench.say(`whole server: kedge, ${who.full(folder).words}`);
  const fulls = await beside('full', who.full(folder));
  await backUp(kedge, session, signal);
  who.work(transactions);
  const differentials = await beside('differential', who.differential(folder));
  const { backup } = await backUp(kedge, session, signal, 'differential');
  // From here on Kedge starts and stops it.
  const [restores, downtimes]: [number[], number[]] = [[], []];
  for (let nth = 0; nth < bench.runs; nth += 1) {
    const { seconds, downtimeMs } = await restoreBackup(kedge, session, backup, signal);
    restores.push(seconds);
    downtimes.push(downtimeMs / 1000);
  }
  return [
    ...fulls,
    ...differentials,
    measured('whole server, restore of it, all tables read', 's', restores),
    measured('  of it: nobody gets in, server stopped and started', 's', downtimes),
  ];
}

async function packed(
  folder: string,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<Attempt> {
  const file = join(folder, 'peer');
  const script = 'to="$1"; shift; "$@" | zstd -q -T0 -3 > "$to" && sync "$to"';
  const { seconds } = await runProgram(shell(script, file, ...argv), { signal });
  const mebibytes = statSync(file).size / mebibyte;
  rmSync(file);
  return { seconds, mebibytes };
}

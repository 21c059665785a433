import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { makeSmallArchives } from '../data/small-archives.ts';
import { measured } from '../measure/rows.ts';
import { hasProgram } from '../measure/run-program.ts';
import { applicationName, makeHome } from '../product/make-home.ts';
import { launcher, startKedge } from '../product/start-kedge.ts';
import { absentRow, type Row } from '../row.ts';
import { runInTerminal } from '../terminal/run-in-terminal.ts';

const archives = 120;
const down = '\x1b[B';
const up = '\x1b[A';
/** Fewer than the list of the Restore screen shows: it stands still, only the mark moves. */
const inside = [...times(10, down), ...times(10, up), ...times(10, down), ...times(10, up)];
/** Past the last row that is seen; from here on each move scrolls. */
const toTheEdge = times(30, down);

/** The interface in a real terminal of 120x40, on a list of backups. */
export async function tui(bench: Bench): Promise<readonly Row[]> {
  if (!hasProgram('python3')) return [absentRow('interface', 'python3 is not installed')];
  const { home, store } = await makeHome(join(bench.folder, 'tui'));
  await makeSmallArchives(store, archives);
  await using _kedge = await startKedge(home, bench.signal);
  const environment = { KEDGE_HOME: home, XDG_STATE_HOME: join(bench.folder, 'tui', 'ui') };
  const open = async (go: readonly string[], keys: readonly string[]) =>
    await runInTerminal(
      {
        argv: [launcher],
        environment,
        columns: 120,
        rows: 40,
        marks: ['Kedge', applicationName],
        go,
        keys,
        quit: 'q',
      },
      bench.signal,
    );
  bench.say('starts');
  const starts = [];
  for (let run = 0; run < 2 * bench.runs; run += 1) starts.push(await open([], []));
  bench.say('key moves');
  const within = await open(['3'], inside);
  const scrolling = await open(['3', ...toTheEdge], times(40, down));
  for (const { moved } of [within, scrolling]) {
    if (moved.some(({ bytes }) => bytes === 0)) throw new Error('a key moved nothing');
  }
  return [
    measured(
      'first frame',
      'ms',
      starts.flatMap(({ marksMs }) => marksMs.slice(0, 1)),
      {
        budget: { of: 'value', must: 250, goal: 150 },
      },
    ),
    measured(
      'first frame with data',
      'ms',
      starts.flatMap(({ marksMs }) => marksMs.slice(1, 2)),
    ),
    measured(
      'key to paint p50',
      'ms',
      within.moved.map((move) => move.firstByteMs),
      { budget: { of: 'value', must: 12, goal: 8 } },
    ),
    measured(
      'bytes a move, 120x40',
      'bytes',
      within.moved.map((move) => move.bytes),
      { budget: { of: 'value', must: 450, goal: 200 } },
    ),
    measured(
      'bytes a move that scrolls',
      'bytes',
      scrolling.moved.map((move) => move.bytes),
    ),
    measured('memory after the moves', 'MiB', [scrolling.memoryMebibytes]),
  ];
}

function times(count: number, key: string): readonly string[] {
  return Array<string>(count).fill(key);
}

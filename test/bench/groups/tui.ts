import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { makeSmallArchives } from '../data/small-archives.ts';
import { measured } from '../measure/rows.ts';
import { hasProgram } from '../measure/run-program.ts';
import { sendLog, startBusyKedge } from '../product/busy-kedge.ts';
import { applicationName, makeHome } from '../product/make-home.ts';
import { launcher, startKedge } from '../product/start-kedge.ts';
import { absentRow, type Row } from '../row.ts';
import {
  runInTerminal,
  type TerminalOrder,
  type TerminalRun,
} from '../terminal/run-in-terminal.ts';

const archives = 120;
const down = '\x1b[B';
const up = '\x1b[A';
/** Fewer than the list of the Restore screen shows: it stands still, only the mark moves. */
const inside = [...times(10, down), ...times(10, up), ...times(10, down), ...times(10, up)];
/** Past the last row that is seen; from here on each move scrolls. */
const toTheEdge = times(30, down);

const frameBudget = { of: 'value', must: 250, goal: 150 } as const;
const keyBudget = { of: 'value', must: 12, goal: 8 } as const;
/** Memory that stays what it was, but for what a collector leaves lying for a while. */
const flatBudget = { of: 'ratio', must: 1.1, goal: 1.03 } as const;
const bytesBudget = { of: 'value', must: 450, goal: 200 } as const;

type Open = (order: Partial<TerminalOrder>) => Promise<TerminalRun>;

/** The interface in a real terminal of 120x40, on a list of backups; htop does the same on its processes. */
export async function tui(bench: Bench): Promise<readonly Row[]> {
  if (!hasProgram('python3')) return [absentRow('interface', 'python3 is not installed')];
  const { home, store } = await makeHome(join(bench.folder, 'tui'));
  await makeSmallArchives(store, archives);
  await using kedge = await startKedge(home, bench.signal);
  const open = opener(bench, [launcher, '--socket', kedge.socket], applicationName);
  const htop = hasProgram('htop') ? openHtop(bench) : undefined;
  return [
    ...(await startRows(bench, open, htop)),
    ...(await moveRows(bench, open, htop)),
    ...(await restRows(bench, open)),
    ...(await loadRows(bench)),
  ];
}

function opener(bench: Bench, argv: readonly string[], secondMark: string): Open {
  const ui = join(bench.folder, 'tui', 'ui');
  const environment = { XDG_STATE_HOME: ui, XDG_CACHE_HOME: ui };
  const screen = { columns: 120, rows: 40, marks: ['Kedge', secondMark] };
  const nothing = { go: [], keys: [], watchSeconds: 0, quit: 'q' };
  return async (order) =>
    await runInTerminal({ argv, environment, ...screen, ...nothing, ...order }, bench.signal);
}

/** It looks at the processes every 10 s only, so that what it paints answers the keys. */
function openHtop(bench: Bench): Open {
  const open = opener(bench, ['/usr/bin/htop', '-d', '100'], '');
  return async (order) => await open({ marks: ['PID'], ...order });
}

async function startRows(bench: Bench, open: Open, htop?: Open): Promise<readonly Row[]> {
  bench.say('starts');
  const starts: TerminalRun[] = [];
  const peers: TerminalRun[] = [];
  // One start that is not counted: whatever the first one keeps for the next is there.
  await open({});
  for (let run = 0; run < 2 * bench.runs; run += 1) {
    starts.push(await open({}));
    if (htop !== undefined) peers.push(await htop({}));
  }
  const nth = (runs: readonly TerminalRun[], n: number) =>
    runs.flatMap(({ marksMs }) => marksMs.slice(n, n + 1));
  return [
    measured('first frame', 'ms', nth(starts, 0), {
      budget: frameBudget,
      ...(htop === undefined ? {} : { peer: ['htop', nth(peers, 0)] }),
    }),
    measured('first frame with data', 'ms', nth(starts, 1)),
  ];
}

async function moveRows(bench: Bench, open: Open, htop?: Open): Promise<readonly Row[]> {
  bench.say('key moves');
  const within = await open({ go: ['3'], keys: inside });
  const scrolling = await open({ go: ['3', ...toTheEdge], keys: times(40, down) });
  const peer = await htop?.({ keys: times(10, down) });
  for (const { moved } of [within, scrolling]) {
    if (moved.some(({ bytes }) => bytes === 0)) throw new Error('a key moved nothing');
  }
  const keys = peer === undefined ? {} : { peer: ['htop', timesOf(peer)] as const };
  const bytes = peer === undefined ? {} : { peer: ['htop', bytesOf(peer)] as const };
  return [
    measured('key to paint p50', 'ms', timesOf(within), { budget: keyBudget, ...keys }),
    measured('bytes a move, 120x40', 'bytes', bytesOf(within), { budget: bytesBudget, ...bytes }),
    measured('bytes a move that scrolls', 'bytes', bytesOf(scrolling)),
    measured('memory after the moves', 'MiB', [scrolling.memoryMebibytes]),
  ];
}

async function restRows(bench: Bench, open: Open): Promise<readonly Row[]> {
  const watchSeconds = bench.quick ? 5 : 30;
  bench.say(`at rest for ${watchSeconds} s`);
  // The first seconds still belong to the start.
  const { watched } = await open({ go: times(10, down), keys: [up], watchSeconds });
  const percent = (100 * watched.processorSeconds) / watchSeconds;
  return [
    measured('at rest: bytes a second', 'bytes', [watched.bytes / watchSeconds], {
      budget: { of: 'value', must: 0, goal: 0 },
    }),
    measured('at rest: CPU', '%', [percent], { budget: { of: 'value', must: 0.5, goal: 0.5 } }),
  ];
}

/** 100,000 backups, 50 services and 10,000 lines of the log a minute; then 100,000 lines at once. */
async function loadRows(bench: Bench): Promise<readonly Row[]> {
  await using kedge = await startBusyKedge();
  const open = opener(bench, [launcher, '--socket', kedge.socket], 'Clinic');
  bench.say('key moves beside 10,000 lines of the log a minute');
  const busy = await beside(kedge, { atOnce: 1, everyMs: 6, count: Number.POSITIVE_INFINITY }, () =>
    open({ go: ['3'], keys: inside }),
  );
  bench.say('100,000 events');
  const events = bench.quick ? 10_000 : 100_000;
  const { watched } = await beside(
    kedge,
    { atOnce: events / 500, everyMs: 50, count: events },
    () => open({ watchSeconds: 30 }),
  );
  const memory = watched.memoryMebibytes;
  // They take 25 s: after half of them, and when all were there.
  const early = Math.max(...memory.slice(8, 13));
  const late = Math.max(...memory.slice(-6));
  return [
    measured('key to paint p50 under load', 'ms', timesOf(busy), { budget: keyBudget }),
    measured('memory after 100,000 events', 'MiB', [late], {
      peer: ['after half', [early]],
      budget: flatBudget,
    }),
  ];
}

async function beside<T>(
  kedge: Awaited<ReturnType<typeof startBusyKedge>>,
  pace: Parameters<typeof sendLog>[1],
  run: () => Promise<T>,
): Promise<T> {
  using _sending = sendLog(kedge, pace);
  return await run();
}

function timesOf({ moved }: TerminalRun): readonly number[] {
  return moved.map(({ firstByteMs }) => firstByteMs);
}

function bytesOf({ moved }: TerminalRun): readonly number[] {
  return moved.map(({ bytes }) => bytes);
}

function times(count: number, key: string): readonly string[] {
  return Array<string>(count).fill(key);
}

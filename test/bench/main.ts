import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { type ApplicationData, dataIn, makeApplicationData } from './data/application-data.ts';
import { groups } from './groups.ts';
import { busyProcessors, describeMachine, loadNow } from './measure/machine.ts';
import { type Options, readOptions } from './options.ts';
import { refuseUnbuilt } from './product/start-kedge.ts';
import { absentRow, budgeted, type Row, verdictOf } from './row.ts';
import { drawTable } from './table.ts';

interface Outcome {
  readonly rows: readonly Row[];
  /** What else went on: processors at work for others before the group began, and the load after it. */
  readonly busyBefore: number;
  readonly loadAfter: number;
}

async function main(options: Options): Promise<void> {
  refuseUnbuilt();
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => stop.abort(new Error(`stopped by ${name}`)));
  }
  const folder = mkdtempSync(join(options.folder, 'kedge-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const outcomes = await runAll(options, benchIn(folder, options, stop.signal));
  const machine = describeMachine();
  console.log(
    `\n${machine.processors} x ${machine.model}, ${machine.memoryMebibytes} MiB, node ${machine.node}`,
  );
  console.log(
    `${options.quick ? 'quick data, ' : ''}medians of ${options.runs} interleaved runs\n`,
  );
  console.log(
    drawTable(new Map([...outcomes].map(([name, { rows }]) => [headingOf(name, outcomes), rows]))),
  );
  if (options.json !== undefined) writeJson(options.json, options, outcomes);
}

function benchIn(folder: string, options: Options, signal: AbortSignal): Bench {
  const { quick, runs } = options;
  const say = (text: string): void => console.error(`  ${text}`);
  let data: ApplicationData | undefined;
  return {
    quick,
    runs,
    folder,
    signal,
    say,
    async data() {
      say('data');
      data ??= prepareData(folder, options);
      return data;
    },
  };
}

/** Groups write to the data, so what is kept is copied. */
function prepareData(folder: string, { quick, data: kept }: Options): ApplicationData {
  const used = join(folder, 'data');
  if (kept === undefined) return makeApplicationData(used, quick);
  const { folder: made } = makeApplicationData(kept, quick);
  cpSync(made, used, { recursive: true, preserveTimestamps: true });
  return dataIn(used);
}

async function runAll(options: Options, bench: Bench): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const name of options.groups) {
    bench.signal.throwIfAborted();
    const busyBefore = await busyProcessors(bench.signal);
    console.error(`${name} (others keep ${busyBefore.toFixed(1)} processors busy)`);
    const rows = await groups[name](bench).catch((error: unknown) => failed(error, bench.signal));
    outcomes.set(name, { rows, busyBefore, loadAfter: loadNow() });
  }
  return outcomes;
}

/** One group that fails does not spoil the others. */
function failed(error: unknown, signal: AbortSignal): readonly Row[] {
  signal.throwIfAborted();
  process.exitCode = 1;
  console.error(error);
  const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return [absentRow('FAILED', reason.slice(0, 60))];
}

function headingOf(name: string, outcomes: ReadonlyMap<string, Outcome>): string {
  const { busyBefore = 0, loadAfter = 0 } = outcomes.get(name) ?? {};
  return `${name}  (busy before: ${busyBefore.toFixed(1)} processors, load after: ${loadAfter.toFixed(1)})`;
}

function writeJson(path: string, options: Options, outcomes: ReadonlyMap<string, Outcome>): void {
  const { quick, runs } = options;
  const described = [...outcomes].map(([name, { rows, ...load }]) => ({
    name,
    ...load,
    rows: rows.map((row) => ({ ...row, heldToBudget: budgeted(row), verdict: verdictOf(row) })),
  }));
  const report = { machine: describeMachine(), quick, runs, groups: described };
  writeFileSync(path, `${JSON.stringify(report, undefined, 2)}\n`);
}

try {
  await main(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.ts';

/**
 * `npm run fuzz -- --minutes 30 [--seed 7]`: cases in processes of 1,000, until the time is over or something
 * is wrong. `--case N` with the seed repeats one.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    case: { type: 'string' },
  },
});
const batch = 1000;
const memoryLimitMebibytes = 300;
const seed = Number(values.seed);
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

process.exitCode = (await fuzz()) ? 0 : 1;

async function fuzz(): Promise<boolean> {
  say(`seed ${seed}`);
  if (values.case !== undefined) {
    const first = Number(values.case);
    return await tell(first, first + 1, 600);
  }
  const end = performance.now() + Number(values.minutes) * 60_000;
  for (let first = 0; ; first += batch) {
    const seconds = (end - performance.now()) / 1000;
    if (seconds <= 0) return true;
    if (!(await tell(first, first + batch, seconds))) return false;
  }
}

/** Whether all was as it has to be. */
async function tell(first: number, until: number, seconds: number): Promise<boolean> {
  const { cases, endings, faults, peakMebibytes } = await runFuzz({ seed, first, until, seconds });
  say(`cases ${first} to ${first + cases - 1}: ${peakMebibytes} MiB at most`);
  for (const [ending, count] of Object.entries(endings).toSorted()) say(`  ${ending}: ${count}`);
  for (const fault of faults) say(`  FAULT seed ${seed} ${fault}`);
  return faults.length === 0 && peakMebibytes <= memoryLimitMebibytes;
}

import { mkdirSync, rmSync } from 'node:fs';
import { argv } from 'node:process';
import { attack } from './attack.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateParts } from './mutate-parts.ts';
import { randomOf } from './random.ts';
import type { FuzzReport } from './report.ts';
import { makeSeeds, type Seed } from './seeds.ts';

const [, , folder, seedText, firstText, untilText, secondsText] = argv;
if (secondsText !== undefined && folder !== undefined) {
  const span = { first: Number(firstText), until: Number(untilText), seconds: Number(secondsText) };
  const report = await fuzz(folder, Number(seedText), span);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

/** Tries the cases from `first` to before `until`, as far as the seconds reach. */
async function fuzz(
  at: string,
  seed: number,
  { first, until, seconds }: { first: number; until: number; seconds: number },
): Promise<FuzzReport> {
  mkdirSync(at, { recursive: true });
  const seeds = await makeSeeds(`${at}/seeds`);
  const endings: Record<string, number> = {};
  const faults: string[] = [];
  const end = performance.now() + seconds * 1000;
  let nth = first;
  for (; nth < until && performance.now() < end; nth++) {
    const result = await attack(await caseOf(seeds, seed, nth), `${at}/case`);
    for (const [act, ending] of Object.entries(result.endings)) {
      const key = `${act}: ${ending}`;
      endings[key] = (endings[key] ?? 0) + 1;
    }
    faults.push(...result.faults.map((fault) => `case ${nth}: ${fault}`));
    if (faults.length >= 20) break;
  }
  rmSync(at, { recursive: true, force: true });
  const peakMebibytes = Math.round(process.resourceUsage().maxRSS / 1024);
  return { cases: nth - first, endings, faults, peakMebibytes };
}

/** The same for the same numbers. Half of them are changed behind the back of all hashes. */
async function caseOf(seeds: readonly Seed[], seed: number, nth: number) {
  const random = randomOf(Math.imul(seed, 0x9e3779b1) + nth);
  const chosen = random.pick(seeds);
  const change = async (): Promise<Buffer> =>
    random.below(2) === 0 || chosen.parts === undefined
      ? mutateBytes(chosen.bytes, random)
      : await mutateParts(chosen.parts, random);
  if (chosen.base === undefined) return { archive: await change() };
  return random.below(2) === 0
    ? { archive: await change(), base: chosen.base }
    : { archive: chosen.bytes, base: mutateBytes(chosen.base, random) };
}

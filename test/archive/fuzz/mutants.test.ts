import { expect, test } from 'vitest';
import { runFuzz } from './run-fuzz.ts';

/** Readers of archives, salvage included, stay below it whatever they are given. */
const memoryLimitMebibytes = 300;

test('archives changed anywhere, hashes made right or not, are refused by name or read, in bounded memory', async () => {
  const report = await runFuzz({ seed: 20_261_121, first: 0, until: 200, seconds: 240 });

  expect(report.faults).toEqual([]);
  expect(report.cases).toBe(200);
  expect(report.peakMebibytes).toBeLessThan(memoryLimitMebibytes);
  // Both sorts were tried: some pass, some are refused.
  for (const act of ['verify', 'chain', 'extract', 'salvage']) {
    expect(report.endings[`${act}: done`] ?? 0).toBeGreaterThan(5);
  }
  expect(report.endings['extract: archive-damaged'] ?? 0).toBeGreaterThan(50);
}, 300_000);

import { setImmediate } from 'node:timers/promises';
import type { SupportFacts, SupportFile } from './facts.ts';
import { aboutFiles } from './files/about.ts';
import { configurationFiles } from './files/configuration.ts';
import { jobFiles } from './files/jobs.ts';
import { recordFiles } from './files/records.ts';
import { systemFiles } from './files/system.ts';
import { knownSecrets } from './known-secrets.ts';
import { createScrub } from './scrub.ts';

export interface Collected {
  readonly files: readonly SupportFile[];
  /** Texts of the configuration that were taken out. */
  readonly hidden: number;
}

/** All files of a bundle, every one with secrets taken out of it: its name too. */
export async function collectSupport(facts: SupportFacts, signal: AbortSignal): Promise<Collected> {
  const configuration = configurationFiles(facts);
  const scrub = createScrub([...configuration.hidden, ...(await knownSecrets(facts.config))]);
  const all = [
    ...aboutFiles(facts),
    ...configuration.files,
    ...recordFiles(facts),
    ...(await jobFiles(facts)),
    ...(await systemFiles(facts, signal)),
  ];
  const files: SupportFile[] = [];
  for (const { name, what, text } of all) {
    // Others are served in between: a log of megabytes takes a while.
    await setImmediate();
    signal.throwIfAborted();
    files.push({ name, what: scrub(what), text: scrub(text) });
  }
  return { files, hidden: new Set(configuration.hidden).size };
}

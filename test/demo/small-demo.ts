import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../agent/config/config.ts';
import { parseConfig } from '../../agent/config/parse-config.ts';
import { createDemo } from '../../agent/demo/create-demo.ts';
import type { SeedOptions } from '../../agent/demo/seed/pace.ts';

export const smallSeed: SeedOptions = {
  signal: new AbortController().signal,
  onProgress: () => {},
  patients: 300,
  uploads: 12,
};

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), 'kedge-demo-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export async function readConfig(home: string): Promise<Config> {
  const parsed = parseConfig(await readFile(join(home, 'kedge.jsonc'), 'utf8'), []);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.problems));
  return parsed.config;
}

/** A demo of 300 patients in a folder of its own. */
export async function smallDemo(): Promise<TemporaryFolder & { readonly config: Config }> {
  const folder = await temporaryFolder();
  await createDemo(folder.path, smallSeed);
  return { ...folder, config: await readConfig(folder.path) };
}

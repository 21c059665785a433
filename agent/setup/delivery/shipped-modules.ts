import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import * as z from 'zod';

/** Modules that the bundles leave outside: with code of the processor's own, or loaded only where they are needed. */
const external = ['better-sqlite3', 'age-encryption', 'nodemailer', 'pg', 'mysql2'];

const Package = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).optional(),
});

/** What a native module is compiled with, and no program loads. */
const onlyToCompile = new Set(['node-addon-api']);
const leftOutFolders = new Set(['src', 'deps', 'test', 'examples', '.github']);
const leftOutEndings = new Set(['.ts', '.map', '.md', '.gyp', '.gypi']);
/** Of all platforms that a prebuilt module brings, the one that is shipped. */
const prebuilt = 'linux-x64.node';

/** Files below `checkout` that the modules outside of the bundles consist of, relative to it, sorted. */
export async function shippedModuleFiles(checkout: string): Promise<readonly string[]> {
  const packages = new Set<string>();
  for (const name of external) await collect(name, checkout, checkout, packages);
  const files = await Promise.all([...packages].map(async (folder) => await filesOf(folder)));
  return [...new Set(files.flat().map((path) => relative(checkout, path)))].sort();
}

async function collect(
  name: string,
  from: string,
  checkout: string,
  packages: Set<string>,
): Promise<void> {
  const folder = folderOf(name, from, checkout);
  if (packages.has(folder)) return;
  packages.add(folder);
  const { dependencies = {} } = Package.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  for (const next of Object.keys(dependencies))
    if (!onlyToCompile.has(next)) await collect(next, folder, checkout, packages);
}

/** As Node looks for it: in the folder itself, then in those above. */
function folderOf(name: string, from: string, checkout: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === checkout) throw new Error(`module "${name}" is not installed; run "npm ci"`);
  }
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return isLeftOutFolder(entry.name) ? [] : await filesOf(path);
    return isShipped(path) ? [path] : [];
  });
  return (await Promise.all(files)).flat();
}

/** Modules inside of modules are found by their own names. */
function isLeftOutFolder(name: string): boolean {
  return name === 'node_modules' || leftOutFolders.has(name);
}

function isShipped(path: string): boolean {
  if (extname(path) === '.node') return basename(path) === prebuilt;
  return !leftOutEndings.has(extname(path));
}

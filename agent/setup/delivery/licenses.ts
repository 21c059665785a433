import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { bundledPackages, packagesOf } from './bundled-packages.ts';
import { shippedModuleFiles } from './shipped-modules.ts';

const Package = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional().catch(undefined),
});

const ruler = '-'.repeat(80);

/** Name, version and licence text of the runtime and of every package of which anything is shipped. */
export async function licenseTexts(checkout: string, runtime: string): Promise<string> {
  const modules = packagesOf(await shippedModuleFiles(checkout));
  const folders = new Set([...(await bundledPackages(checkout)), ...modules, runtime]);
  const parts = [...folders].toSorted().map(async (folder) => {
    const text = await readFile(join(checkout, folder, 'package.json'), 'utf8');
    const { name, version, license } = Package.parse(JSON.parse(text));
    const words = (await licenseFile(join(checkout, folder))) ?? 'The package has no text of it.';
    return `${ruler}\n${name} ${version} (${license ?? 'see below'})\n${ruler}\n${words.trim()}\n`;
  });
  return (await Promise.all(parts)).join('\n');
}

async function licenseFile(folder: string): Promise<string | undefined> {
  const names = await readdir(folder);
  const name = names.toSorted().find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return name === undefined ? undefined : await readFile(join(folder, name), 'utf8');
}

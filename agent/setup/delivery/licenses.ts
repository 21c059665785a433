import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

/** Drivers ask for them as peers; no program is made of them. */
const onlyTypes = /(?:^|\/)node_modules\/(?:@types\/.+|undici-types)$/;

const ruler = '-'.repeat(80);

/** Name, version and licence text of the runtime and of every package that programs here are made of. */
export async function licenseTexts(checkout: string, runtime: string): Promise<string> {
  const text = await readFile(join(checkout, 'package-lock.json'), 'utf8');
  const { packages } = Lock.parse(JSON.parse(text));
  const shipped = Object.entries(packages).filter(
    ([path, { dev, optional }]) =>
      path !== '' && !dev && (!optional || path === runtime) && !onlyTypes.test(path),
  );
  const parts = shipped.map(async ([path, { version, license }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const words = (await licenseFile(join(checkout, path))) ?? 'The package has no text of it.';
    return `${ruler}\n${name} ${version ?? ''} (${license ?? 'see below'})\n${ruler}\n${words.trim()}\n`;
  });
  return (await Promise.all(parts)).join('\n');
}

async function licenseFile(folder: string): Promise<string | undefined> {
  const names = await readdir(folder);
  const name = names.toSorted().find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  return name === undefined ? undefined : await readFile(join(folder, name), 'utf8');
}

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

const Package = z.object({ name: z.string(), version: z.string() });

/** The version in Kedge's own package.json, which lies above the sources and above what is built from them. */
export function toolVersion(): string {
  for (let folder = import.meta.dirname; folder !== '/'; folder = dirname(folder)) {
    const version = versionIn(join(folder, 'package.json'));
    if (version !== undefined) return version;
  }
  return 'unknown';
}

function versionIn(path: string): string | undefined {
  try {
    const found = Package.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return found.success && found.data.name === 'kedge' ? found.data.version : undefined;
  } catch {
    return undefined;
  }
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** What esbuild says it made each bundle of ("--metafile"). */
export const bundleRecords = [
  'dist/meta-tui.json',
  'dist/meta-agent.json',
  'dist/meta-tedious.json',
];

const Record = z.object({
  outputs: z.record(
    z.string(),
    z.object({ inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
});

/** Folders below `checkout` of the packages that anything in the bundles comes from. */
export async function bundledPackages(checkout: string): Promise<readonly string[]> {
  const found = bundleRecords.map(async (path) => {
    const { outputs } = Record.parse(JSON.parse(await readFile(join(checkout, path), 'utf8')));
    return Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs)
        .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
        .map(([input]) => input),
    );
  });
  return packagesOf((await Promise.all(found)).flat());
}

/** The innermost package of each file, sorted; of files of no package nothing. */
export function packagesOf(paths: readonly string[]): readonly string[] {
  const folders = paths.flatMap(
    (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? [],
  );
  return [...new Set(folders)].toSorted();
}

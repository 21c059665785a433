import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { folderVariable } from './programs.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dayMs = 86_400_000;
const minuteMs = 60_000;

/** Kedge's own, by their places below `agent`. */
const ofKedge = [
  'main',
  'job',
  'browse-worker',
  'demo/app/database',
  'demo/app/host',
  'demo/app/agent',
  'demo/app/trial',
] as const;
/** Those of this folder that are made of Kedge's parts. */
const ofTests = ['quick-daemon', 'restore-child', 'service-daemon', 'fake-service'] as const;

/**
 * Bundles the programs that tests start, once for a run of vitest: a job needs 0.14 s of a processor then and 0.4 s
 * from its sources, a daemon 0.22 s and 0.55 s, and a run starts thousands.
 */
export async function setup(): Promise<() => void> {
  // Below the modules that bundles leave out.
  const above = join(root, 'node_modules', '.cache', 'kedge-test-programs');
  mkdirSync(above, { recursive: true });
  removeOld(above);
  const folder = mkdtempSync(join(above, 'run-'));
  // Some start them as another user.
  chmodSync(folder, 0o755);
  await build({
    entryPoints: [
      ...ofKedge.map((name) => ({ in: join(root, `agent/${name}.ts`), out: `agent/${name}` })),
      ...ofTests.map((name) => ({
        in: join(root, `test/support/${name}.ts`),
        out: `agent/${name}`,
      })),
    ],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    mainFields: ['module', 'main'],
    external: ['better-sqlite3', 'age-encryption', 'nodemailer', 'pg', 'mysql2', 'tedious'],
    banner: {
      js: "import{createRequire as kedgeRequire}from'node:module';const require=kedgeRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  process.env[folderVariable] = folder;
  // For all node processes of the run, so that the next start of the same compiles nothing.
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
  return () => rmSync(folder, { recursive: true, force: true });
}

/** What runs left: all where they were killed, else what processes that ended later had compiled. */
function removeOld(above: string): void {
  for (const name of readdirSync(above)) {
    const folder = join(above, name);
    // Another run may be removing it.
    const agedMs = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    const leastMs = existsSync(join(folder, 'agent')) ? dayMs : minuteMs;
    if (agedMs > leastMs) rmSync(folder, { recursive: true, force: true });
  }
}

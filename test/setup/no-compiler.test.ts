import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';

const Lock = z.object({
  packages: z.record(z.string(), z.looseObject({ gypfile: z.boolean().optional() })),
});
const Package = z.object({ allowScripts: z.record(z.string(), z.boolean()) });

// npm takes what has a binding.gyp for a program to compile, needs python3, make and Node's headers for that, and does not
// see in a lock file that the package brings it compiled. "npm install" drops the key again: put it back by hand.
test('npm ci compiles nothing: the native module comes compiled, and npm is told', () => {
  const lock = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  expect(lock.packages['node_modules/better-sqlite3']?.gypfile).toBe(false);
  const { allowScripts } = Package.parse(JSON.parse(readFileSync('package.json', 'utf8')));
  expect(allowScripts['better-sqlite3']).toBe(false);
});

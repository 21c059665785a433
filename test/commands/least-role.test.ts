import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Role, reaches } from '../../protocol/domain/role.ts';
import { leastRoleOf, mayRun } from '../../tui/commands/least-role.ts';

const root = join(import.meta.dirname, '..', '..');

/** The role of every method, by the name of its constant. */
async function leastOfMethods(): Promise<ReadonlyMap<string, Role>> {
  const folder = join(root, 'protocol', 'methods');
  const modules = readdirSync(folder).map(
    async (file): Promise<Record<string, unknown>> => await import(join(folder, file)),
  );
  const constants = (await Promise.all(modules)).flatMap((module) => Object.entries(module));
  return new Map(
    constants.flatMap(([name, value]) =>
      typeof value === 'object' && value !== null && 'least' in value
        ? [[name, value.least as Role] as const]
        : [],
    ),
  );
}

/** Its printed page alone takes more. */
const takesLess: ReadonlySet<string> = new Set(['report.read']);

test('a command takes the role of the highest method that its file names', async () => {
  const least = await leastOfMethods();
  const folder = join(root, 'tui', 'commands');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const wrong: string[] = [];
  let looked = 0;
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    const ids = [...text.matchAll(/defineCommand\(\s*'([a-z.-]+)'/g)].map(([, id = '']) => id);
    const [id, ...others] = ids;
    const roles = [...least].filter(([name]) => new RegExp(`\\b${name}\\b`).test(text));
    if (id === undefined || others.length > 0 || roles.length === 0 || takesLess.has(id)) continue;
    const highest = roles.reduce<Role>(
      (high, [, role]) => (reaches(role, high) ? role : high),
      'viewer',
    );
    if (highest !== leastRoleOf(id)) wrong.push(`${id}: ${leastRoleOf(id)} instead of ${highest}`);
    looked += 1;
  }
  expect(wrong).toEqual([]);
  expect(looked).toBeGreaterThan(40);
});

test('a command that nobody knows is for the admin', () => {
  expect([mayRun('operator', 'new.thing'), mayRun('admin', 'new.thing')]).toEqual([false, true]);
});

import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { lookAtMerges } from '../../agent/restore/look-at-merges.ts';
import type { Chosen } from '../../agent/restore/modes/choose-parts.ts';
import { restorePostgres } from '../../agent/sources/postgres/restore.ts';

/** One table of a server whose disk is that of the tests. */
function chosen(name: string, bytes: number): Chosen {
  const restore = {
    ...restorePostgres(name, { engine: 'postgres', database: 'clinic', user: 'kedge' }),
    space: async () => [{ path: tmpdir(), bytes, part: 'staging' as const }],
  };
  const archived = {
    name,
    members: async function* () {},
    content: async function* () {},
    gaps: [],
  };
  const merges = async () => ({ source: name, tables: [] });
  return {
    name,
    archived,
    restore,
    part: { archived, restore, problems: [], warnings: [], merges },
  };
}

test('tables for which the disk of their server has no room are not loaded there for a look', async () => {
  const work = {
    ...{ job: 1, signal: new AbortController().signal, scratch: tmpdir() },
    ...{ progress: () => undefined, log: () => undefined },
  };
  const sources = [chosen('small', 1), chosen('huge', Number.MAX_SAFE_INTEGER)];
  expect(await lookAtMerges(sources, work)).toEqual([
    { source: 'small', tables: [] },
    { source: 'huge' },
  ]);
});

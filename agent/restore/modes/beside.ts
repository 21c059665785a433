import type { Backup } from '../../../protocol/domain/backup.ts';
import type { RestorePlan, RestoreResult } from '../../../protocol/domain/restore.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Chain } from '../../chain/chain.ts';
import type { Work } from '../../os/work.ts';
import type { BesideTables } from '../../sources/part-order.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { aboutOrigin, aboutProof, damageOf } from '../preflight.ts';
import { findRestorables } from '../restorable.ts';
import type { RestoreContext } from '../restore-context.ts';
import { spaceNeeds } from '../space-needs.ts';
import { type Asked, askedFields } from './asked.ts';
import { type Chosen, chooseParts } from './choose-parts.ts';

type Begun = Pick<RestorePlan, 'id' | 'createdAtMs' | 'application' | 'spanSeconds'>;

/** Tables of their own beside the live ones, to look at and to copy from: nothing is exchanged, nobody has to stop. */
export async function planBeside(
  order: { readonly begun: Begun; readonly backup: Backup },
  asked: Asked,
  archive: Chain,
  context: RestoreContext,
  work: Work,
): Promise<RestorePlan> {
  const { begun, backup } = order;
  const { found, warnings, obstacles } = await chooseBeside(backup, asked, archive, context);
  const changes = [];
  for (const { restore, archived } of found) changes.push(await restore.compare(archived, work));
  const needs = await Promise.all(
    found.map(async ({ restore, archived }) => await restore.space(archived)),
  );
  const space = await spaceNeeds(
    [],
    needs.flat().filter(({ part }) => part === 'staging'),
  );
  const short = space.filter(({ freeBytes, neededBytes }) => freeBytes < neededBytes);
  return {
    ...begun,
    backup,
    changes: changes.map((change) => ({ ...change, liveBytes: 0, tables: [] })),
    services: [],
    clients: [],
    space,
    downtimeSeconds: 0,
    steps: found.flatMap(({ beside }) =>
      beside.tables.map(
        (table) => `Load ${table} into a table of its own beside it, and count that`,
      ),
    ),
    warnings: [...aboutProof(backup), ...aboutOrigin(archive, context), ...warnings],
    obstacles: [
      ...damageOf(backup),
      ...obstacles,
      ...short.map(({ path }) => `not enough space in "${path}"`),
    ],
    fingerprint: fingerprintOf(archive, context.config, asked),
    ...askedFields(asked),
  };
}

/** Of each source in one transaction; the notes name what was made. */
export async function runBeside(
  plan: RestorePlan,
  order: { readonly archive: Chain; readonly nowMs: number },
  context: RestoreContext,
  work: Work,
): Promise<RestoreResult> {
  const { archive, nowMs } = order;
  const { found, obstacles } = await chooseBeside(plan.backup, plan, archive, context);
  if (obstacles.length > 0) throw new KedgeError('restore-refused', { why: obstacles.join('; ') });
  const notes: string[] = [];
  for (const { beside } of found) notes.push(...(await beside.make(nowMs, work)));
  return { outcome: 'unpacked', backup: plan.backup.id, downtimeMs: 0, notes };
}

interface ChosenBeside {
  readonly found: readonly (Chosen & { readonly beside: BesideTables })[];
  readonly warnings: readonly string[];
  readonly obstacles: readonly string[];
}

async function chooseBeside(
  backup: Backup,
  asked: Asked,
  archive: Chain,
  context: RestoreContext,
): Promise<ChosenBeside> {
  const all = findRestorables(archive, context.config, backup);
  const { sources, obstacles } = await chooseParts(all, asked);
  const named = asked.parts === undefined ? [] : sources;
  const found = named.flatMap((source) => {
    const beside = source.part?.beside;
    return beside === undefined ? [] : [{ ...source, beside }];
  });
  const others = named.filter(({ part }) => part?.beside === undefined);
  return {
    found,
    warnings: found.flatMap(({ part }) => part?.warnings ?? []),
    obstacles: [
      ...obstacles,
      ...found.flatMap(({ beside }) => beside.problems),
      ...others.map(
        ({ name }) =>
          `of source "${name}" nothing can stand beside what is live: only tables of a database in a server can (--table SOURCE.TABLE)`,
      ),
      ...(asked.parts === undefined
        ? ['name the tables that are to come (--table SOURCE.TABLE)']
        : []),
    ],
  };
}

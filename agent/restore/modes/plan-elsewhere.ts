import type { Backup } from '../../../protocol/domain/backup.ts';
import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import type { Chain } from '../../chain/chain.ts';
import { realPathOf } from '../../os/real-path.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { aboutOrigin, aboutProof, damageOf } from '../preflight.ts';
import type { RestoreContext } from '../restore-context.ts';
import { spaceNeeds } from '../space-needs.ts';
import { type Asked, askedFields } from './asked.ts';
import { elsewhereSources } from './elsewhere-sources.ts';
import { folderProblem } from './folder-problem.ts';

type Begun = Pick<RestorePlan, 'id' | 'createdAtMs' | 'application' | 'spanSeconds'>;

/** Unpacking into a folder: nothing live is touched, so nothing is lost and nobody has to stop. */
export async function planElsewhere(
  order: { readonly begun: Begun; readonly backup: Backup; readonly folder: string },
  asked: Asked,
  archive: Chain,
  context: RestoreContext,
): Promise<RestorePlan> {
  const { begun, backup, folder } = order;
  const { sources, obstacles } = await elsewhereSources(archive, asked, backup);
  const bytes = sources.reduce((sum, source) => sum + source.bytes, 0);
  const problem = await folderProblem(folder, context);
  const space = await spaceNeeds([], [{ path: await realPathOf(folder), bytes }]);
  return {
    ...begun,
    backup,
    changes: sources.map((source) => ({
      source: source.name,
      engine: source.engine,
      live: `${folder}/${source.name}`,
      bytes: source.bytes,
    })),
    services: [],
    clients: [],
    space,
    downtimeSeconds: 0,
    steps: [
      `Unpack and check ${sources.map(({ name }) => name).join(', ')} beside "${folder}"`,
      'Put it there with one rename',
    ],
    warnings: [...aboutProof(backup), ...aboutOrigin(archive, context)],
    obstacles: [...damageOf(backup), ...obstacles, ...(problem === undefined ? [] : [problem])],
    fingerprint: fingerprintOf(archive, context.config, asked),
    ...askedFields(asked),
  };
}

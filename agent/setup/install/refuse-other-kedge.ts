import { KedgeError } from '../../../protocol/failures.ts';
import type { Config } from '../../config/config.ts';
import { ownerSocket } from '../../config/source-owner.ts';
import { listenersOf } from '../../os/abstract-sockets.ts';
import { realPathOf } from '../../os/real-path.ts';
import { pathsOf } from '../unit/source-access.ts';

/** One that somebody has started by hand would keep the installed one from these sources. */
export async function refuseOtherKedge({ sources }: Config): Promise<void> {
  const owned = new Map<string, string>();
  for (const [source, settings] of Object.entries(sources))
    for (const path of pathsOf(settings)) owned.set(ownerSocket(await realPathOf(path)), source);
  for (const [name, pid] of listenersOf(new Set(owned.keys())))
    throw new KedgeError('other-kedge-runs', { source: owned.get(name) ?? '', pid });
}

import { partialCopies } from '../../backup/copies/copy-archive.ts';
import { removeFile } from '../../os/files.ts';
import { listPartials } from '../../stores/local/partials.ts';
import { openStore } from '../../stores/stores.ts';
import type { Daemon } from '../daemon.ts';

/** What was copied and not finished is kept this long to go on with: drives come back after a weekend. */
const keptMs = 7 * 24 * 3_600_000;

/** Partial copies that nobody went on with, in the stores that can be reached. */
export async function removeAbandonedCopies(daemon: Daemon): Promise<void> {
  if (daemon.state.jobs.unfinished().some(({ job }) => job.kind === 'copy')) return;
  const stores = Object.entries(daemon.configFile.inForce()?.stores ?? {});
  for (const [name, settings] of stores) {
    const store = openStore(name, settings);
    if ((await store.state()).kind !== 'online') continue;
    const beginning = partialCopies(daemon.state.installation);
    for (const { path, modifiedMs } of await listPartials(store.folder, beginning)) {
      if (daemon.now() - modifiedMs <= keptMs) continue;
      await removeFile(path);
      daemon.log.write('info', `removed "${path}": its copy was not finished within 7 days`);
    }
  }
}

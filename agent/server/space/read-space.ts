import type { SpacePlace } from '../../../protocol/domain/space.ts';
import type { Daemon } from '../daemon.ts';
import { leasedBackups, ofRestores } from '../leases.ts';
import { retentionOf } from '../retention/ask-retention.ts';
import { trashFigures } from '../retention/list-trash.ts';
import { trashDaysOf } from '../retention/trash-days.ts';
import { unfinishedUploads } from '../transfers/upload-places.ts';
import { forecastOf } from './forecast-of.ts';
import { placesOf } from './places.ts';
import { offersOf } from './space-offers.ts';

/** What each file system holds of Kedge, what may go from it, and when it will be full. */
export async function readSpace(daemon: Daemon): Promise<readonly SpacePlace[]> {
  const backups = daemon.backups.all();
  const nowMs = daemon.now();
  const goes = new Set(
    retentionOf(daemon).flatMap(({ verdict, backup }) => (verdict === 'goes' ? [backup] : [])),
  );
  const held = new Set([...leasedBackups(daemon), ...ofRestores(daemon)]);
  const uploads = await unfinishedUploads(daemon);
  const stores = daemon.configFile.inForce()?.stores ?? {};
  const trash = await trashFigures(daemon);
  const withoutTrash = new Set(
    Object.keys(stores).filter((name) => trashDaysOf(stores[name]) === 0),
  );
  return (await placesOf(daemon, backups)).map((place): SpacePlace => {
    const { names, path, state, freeBytes, totalBytes, backupBytes, undos } = place;
    const drive = Object.entries(stores).find(
      ([id, { removable }]) => removable === true && !names.includes(id),
    )?.[0];
    const input = {
      nowMs,
      stores: names.filter((name) => stores[name] !== undefined),
      backups: backups.filter(({ store }) => store !== undefined && names.includes(store)),
      installation: daemon.state.installation,
      held,
      undos,
      goes,
      trash: trashIn(names, trash),
      withoutTrash,
      uploads: uploads.filter(({ store }) => names.includes(store)),
      drive,
    };
    return {
      stores: names,
      path,
      state,
      ...(freeBytes === undefined ? {} : { freeBytes }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
      backupBytes,
      trashBytes: input.trash.bytes,
      undoBytes: undos.reduce((sum, { bytes }) => sum + bytes, 0),
      ...forecastOf(daemon, place, backups),
      offers: offersOf(input),
    };
  });
}

function trashIn(names: readonly string[], figures: Awaited<ReturnType<typeof trashFigures>>) {
  const all = names.flatMap((name) => figures.get(name) ?? []);
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

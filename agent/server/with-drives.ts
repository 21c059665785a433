import type { Backup } from '../../protocol/domain/backup.ts';
import type { AwayDrive } from '../../protocol/domain/copy.ts';
import type { Config } from '../config/config.ts';
import type { SeenStores } from '../state/seen-stores.ts';

/** Of each store that comes and goes: what is known of its drive while that is not here. */
type AwayDrives = ReadonlyMap<string, AwayDrive>;

export function awayDrives(config: Config | undefined, seen: SeenStores): AwayDrives {
  const removable = Object.entries(config?.stores ?? {}).filter(
    ([, settings]) => settings.removable === true,
  );
  return new Map(
    removable.map(([name, settings]) => {
      const drive = seen.drive(name);
      const label = settings.label ?? drive?.label;
      const labelled = label === undefined ? {} : { label };
      return [name, drive === undefined ? labelled : { ...labelled, lastSeenMs: drive.seenMs }];
    }),
  );
}

/** A backup, and its copies, with the drive that is not plugged in. */
export function withDrives(backup: Backup, drives: AwayDrives): Backup {
  if (drives.size === 0) return backup;
  const place = withDrive(backup, drives);
  if (place.copies === undefined) return place;
  return { ...place, copies: place.copies.map((copy) => withDrive(copy, drives)) };
}

function withDrive<P extends Pick<Backup, 'store' | 'presence'>>(place: P, drives: AwayDrives): P {
  const away = place.presence === 'offline' ? drives.get(place.store ?? '') : undefined;
  return away === undefined ? place : { ...place, away };
}

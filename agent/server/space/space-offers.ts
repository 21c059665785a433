import { type Backup, isGood } from '../../../protocol/domain/backup.ts';
import type { SpaceOffer } from '../../../protocol/domain/space.ts';
import type { UndoRecord } from '../../restore/undo-records.ts';

/** What lies at a place that may go. */
export interface OfferInput {
  readonly nowMs: number;
  /** Stores at the place. */
  readonly stores: readonly string[];
  /** Backups in them, those of other installations too, of which nothing is offered. */
  readonly backups: readonly Backup[];
  readonly installation: string;
  /** That nothing may take now. */
  readonly held: ReadonlySet<string>;
  readonly undos: readonly UndoRecord[];
  /** What retention would take now. */
  readonly goes: ReadonlySet<string>;
  readonly trash: { readonly count: number; readonly bytes: number };
  /** Stores that keep nothing of what is deleted. */
  readonly withoutTrash: ReadonlySet<string>;
  readonly uploads: readonly { readonly store: string; readonly bytes: number }[];
  /** A removable store that lies elsewhere. */
  readonly drive?: string | undefined;
}

const dayMs = 24 * 3_600_000;
/** Younger ones are those that are restored from. */
const movableMs = 30 * dayMs;

/** What may go, what costs least first; nothing that gives nothing. */
export function offersOf(all: OfferInput): readonly SpaceOffer[] {
  const input = { ...all, backups: ownOf(all.backups, all.installation) };
  return [
    ...uploadOffers(input),
    ...trashOffer(input),
    ...retentionOffer(input),
    ...undoOffers(input),
    ...differentialOffers(input),
    ...moveOffers(input),
  ].filter(({ bytes }) => bytes > 0);
}

function uploadOffers({ uploads, stores }: OfferInput): readonly SpaceOffer[] {
  return stores.map((store) => {
    const here = uploads.filter((upload) => upload.store === store);
    return {
      kind: 'uploads',
      text: `${counted(here.length, 'upload')} to "${store}" that ${here.length === 1 ? 'was' : 'were'} not finished`,
      bytes: sum(here),
      count: here.length,
      cost: 'going on with them; they go by themselves a day after their last byte',
      command: 'space.clear',
      args: { what: 'uploads', store },
    };
  });
}

function trashOffer({ trash }: OfferInput): readonly SpaceOffer[] {
  return [
    {
      kind: 'trash',
      text: `${counted(trash.count, 'deleted backup')} in the trash`,
      bytes: trash.bytes,
      count: trash.count,
      cost: 'getting them back, of all destinations; they go by themselves when they expire',
      command: 'trash.empty',
      args: {},
    },
  ];
}

function retentionOffer({
  backups,
  goes,
  stores,
  withoutTrash,
}: OfferInput): readonly SpaceOffer[] {
  const going = backups.filter(({ id }) => goes.has(id));
  return [
    {
      kind: 'retention',
      text: `${counted(going.length, 'backup')} that the rules of the schedules let go`,
      bytes: bytesOf(going),
      count: going.length,
      cost: `nothing that the rules keep${byTheTrash(stores, withoutTrash)}`,
      command: 'retention.run',
      args: {},
    },
  ];
}

function undoOffers({ undos }: OfferInput): readonly SpaceOffer[] {
  return undos
    .filter(({ state, pinned }) => state === 'ready' && pinned !== true)
    .map(({ id, title, bytes }) => ({
      kind: 'undo',
      text: `the undo of "${title}"`,
      bytes,
      cost: `taking back "${title}"`,
      command: 'undo.remove',
      args: { undo: id },
    }));
}

function differentialOffers(input: OfferInput): readonly SpaceOffer[] {
  return input.stores.map((store) => {
    const older = olderDifferentials(input.backups, store, input.held);
    return {
      kind: 'differentials',
      text: `${counted(older.length, 'differential')} in "${store}" older than its newest full`,
      bytes: bytesOf(older),
      count: older.length,
      cost: `the moments between the older fulls, which stay${byTheTrash([store], input.withoutTrash)}`,
      command: 'space.clear',
      args: { what: 'differentials', store },
    };
  });
}

/** Several servers may share a store: none clears away what another made. */
export function ownOf(backups: readonly Backup[], installation: string): readonly Backup[] {
  return backups.filter((backup) => backup.installation === installation);
}

/** Of own ones. Nothing is lost with them but what lay between two fulls that stay. */
export function olderDifferentials(
  backups: readonly Backup[],
  store: string,
  held: ReadonlySet<string>,
): readonly Backup[] {
  const newest = newestFull(backups, store);
  if (newest === undefined) return [];
  return backups.filter(
    (one) =>
      one.kind === 'differential' &&
      one.store === store &&
      one.capturedAtMs < newest.capturedAtMs &&
      isFree(one, held),
  );
}

/** Fulls take their differentials along. */
function moveOffers(input: OfferInput): readonly SpaceOffer[] {
  return input.stores.flatMap((store) => {
    const newest = newestFull(input.backups, store);
    const fulls = input.backups.filter(
      (one) =>
        one.kind === 'full' &&
        one.store === store &&
        one.id !== newest?.id &&
        one.capturedAtMs < input.nowMs - movableMs &&
        isFree(one, input.held),
    );
    if (newest === undefined || fulls.length === 0) return [];
    const ids = new Set(fulls.map(({ id }) => id));
    const along = input.backups.filter(
      ({ base, store: at }) => at === store && base !== undefined && ids.has(base),
    );
    const { drive } = input;
    const where = drive === undefined ? 'another place, such as a drive' : `"${drive}"`;
    const alsoGo =
      along.length === 0 ? '' : ` with ${counted(along.length, 'differential')} of theirs`;
    return {
      kind: 'move' as const,
      text: `${counted(fulls.length, 'full')} older than 30 days${alsoGo} to ${where}`,
      bytes: bytesOf([...fulls, ...along]),
      count: fulls.length + along.length,
      cost: 'a restore from them needs that place',
      command: 'backup.move',
      args: { backup: [...ids], ...(drive === undefined ? {} : { to: drive }) },
    };
  });
}

function byTheTrash(stores: readonly string[], without: ReadonlySet<string>): string {
  return stores.every((store) => without.has(store))
    ? ''
    : '; they lie in the trash first, and the room comes when that is emptied';
}

function newestFull(backups: readonly Backup[], store: string): Backup | undefined {
  return backups
    .filter(
      (one) =>
        one.kind === 'full' && one.store === store && one.presence === 'present' && isGood(one),
    )
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs)[0];
}

function isFree({ id, pinned, presence }: Backup, held: ReadonlySet<string>): boolean {
  return presence === 'present' && pinned !== true && !held.has(id);
}

function bytesOf(backups: readonly Backup[]): number {
  return backups.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}

function sum(all: readonly { readonly bytes: number }[]): number {
  return all.reduce((total, { bytes }) => total + bytes, 0);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

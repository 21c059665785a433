import type { SpacePlace } from '../../../protocol/domain/space.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formats } from '../../texts/formats.ts';
import { spaceTexts } from '../../texts/texts.ts';

const words = spaceTexts;

/** "local, Kedge itself". */
export function placeName({ stores }: SpacePlace): string {
  const named = { state: words.own, undo: words.undos };
  return stores
    .map((name) => (name === 'state' || name === 'undo' ? named[name] : name))
    .join(formats().comma);
}

export function growthWords({ growthBytesPerDay }: SpacePlace): string {
  if (growthBytesPerDay === undefined) return '-';
  const bytes = formatBytes(Math.abs(growthBytesPerDay));
  return words.growth(growthBytesPerDay < 0 ? `-${bytes}` : bytes);
}

export function fullWords({ freeBytes, growthBytesPerDay, fullInDays }: SpacePlace): string {
  if (freeBytes === undefined) return '-';
  if (fullInDays !== undefined) return words.full(fullInDays);
  return growthBytesPerDay === undefined ? words.unknown : words.notInSight;
}

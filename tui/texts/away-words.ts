import type { BackupCopy } from '../../protocol/domain/copy.ts';
import { wordDate } from './moment.ts';
import { reportTexts } from './texts.ts';

/** Where a backup is whose drive is not plugged in: "on WD-2TB, not plugged in, last seen 2026-11-03"; undefined: it is not so. */
export function awayWords({ away, store }: Pick<BackupCopy, 'away' | 'store'>): string | undefined {
  if (away === undefined) return undefined;
  const { lastSeenMs } = away;
  const lastSeen = lastSeenMs === undefined ? undefined : wordDate(lastSeenMs);
  return reportTexts.away(away.label ?? store ?? '', lastSeen);
}

import type { StoreSettings } from '../../config/config.ts';

/** Time enough to notice on Monday what was deleted before the weekend. */
const usualDays = 7;

/** How long what was deleted can be brought back; 0: not at all. */
export function trashDaysOf(settings: StoreSettings | undefined): number {
  return settings?.trashDays ?? usualDays;
}

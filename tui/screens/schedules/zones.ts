import { isZone } from './read-settings.ts';

/** Zones whose name holds what was typed, those that begin with it or with their city first. */
export function zonesLike(typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  if (wanted === '' || isZone(typed.trim())) return [];
  const rank = (name: string): number => {
    const lower = name.toLowerCase();
    if (lower.startsWith(wanted)) return 0;
    return lower.includes(`/${wanted}`) ? 1 : 2;
  };
  return Intl.supportedValuesOf('timeZone')
    .filter((name) => name.toLowerCase().includes(wanted))
    .toSorted((a, b) => rank(a) - rank(b));
}

import createBidi from 'bidi-js';
import type { TextUnit } from './text-unit.ts';

const bidi = createBidi();

/** Arrows say where something goes; to Unicode they are pictures. */
const arrows: Readonly<Record<string, string>> = { '→': '←', '←': '→' };

/** Units as they stand from left to right, by the Unicode bidirectional algorithm. */
export function visualOrder(units: readonly TextUnit[], base: 'ltr' | 'rtl'): readonly TextUnit[] {
  const signs = units.map(({ sign }) => sign).join('');
  const { levels } = bidi.getEmbeddingLevels(signs, base);
  const placed = units.map((unit, at) => {
    const level = levels[at] ?? 0;
    return { level, unit: level % 2 === 1 ? mirrored(unit) : unit };
  });
  let highest = 0;
  for (const { level } of placed) highest = Math.max(highest, level);
  for (let level = highest; level > 0; level--) turnRuns(placed, level);
  return placed.map(({ unit }) => unit);
}

/** Rule L2: what is at a level or above it is turned round. */
function turnRuns(placed: { readonly level: number }[], level: number): void {
  for (let start = 0; start < placed.length; start++) {
    if ((placed[start]?.level ?? 0) < level) continue;
    let end = start;
    while ((placed[end]?.level ?? 0) >= level) end++;
    placed.splice(start, end - start, ...placed.slice(start, end).reverse());
    start = end;
  }
}

function mirrored(unit: TextUnit): TextUnit {
  const [cell, ...others] = unit.cells;
  const sign = arrows[unit.sign] ?? bidi.getMirroredCharacter(unit.sign);
  if (cell === undefined || sign === null || others.length > 0) return unit;
  return { sign: unit.sign, cells: [{ ...cell, text: sign + cell.text.slice(1) }] };
}

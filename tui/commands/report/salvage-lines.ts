import type { LostMember, SalvageResult } from '../../../protocol/domain/salvage.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { formatCount } from '../../texts/count.ts';
import { salvageTexts } from '../../texts/texts.ts';
import { fields } from '../table.ts';

/** As many lost ones are listed; the report has all. */
const listed = 50;

/** What was saved of a damaged archive, and what is lost. */
export function salvageLines(result: SalvageResult): readonly string[] {
  const { lost, lostCount, notes } = result;
  return [
    ...fields([
      ['Salvaged', result.folder],
      ['Backup', result.backup],
      ['Index', salvageTexts.index[result.index]],
      ['Members', `${formatCount(result.members)}, ${formatBytes(result.bytes)}`],
      ['Proven', salvageTexts.proven(result.byHash, result.byChecksum)],
      ['Report', result.report],
    ]),
    ...(lostCount === 0 ? [salvageTexts.nothingLost] : [salvageTexts.lost(lostCount)]),
    ...lost.slice(0, listed).flatMap(lostLines),
    ...(lostCount > listed ? [salvageTexts.more(lostCount - listed)] : []),
    ...notes.map((note) => `  ${note}`),
  ];
}

function lostLines({ name, reason, detail, parts, partial }: LostMember): readonly string[] {
  const places = parts.map(({ at, bytes }) => salvageTexts.part(at, bytes)).join(', ');
  const why = detail === undefined ? reason : `${reason}: ${detail}`;
  if (name === undefined) return [salvageTexts.stretch(places, why)];
  if (partial === undefined) return [`  ! ${name}: ${why}`];
  return [`  ! ${name}: ${why}; ${places}`, salvageTexts.rest(partial)];
}

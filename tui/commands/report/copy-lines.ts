import type { CopyResult } from '../../../protocol/domain/copy.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { reportTexts } from '../../texts/texts.ts';

/** One line for each backup of a copy, a move or an import. */
export function copyLines({ backups, bytes }: CopyResult): readonly string[] {
  if (backups.length === 0) return [reportTexts.none.archives];
  return [
    ...backups.map(({ backup, from, to, outcome, why, installation }) => {
      const because = why === undefined ? '' : `: ${why}`;
      const foreign = installation === undefined ? '' : ` (${reportTexts.foreign(installation)})`;
      const path = outcome === 'left out' ? from : to;
      return `${outcome.padEnd(13)} ${backup.slice(0, 8).padEnd(8)}  ${path}${foreign}${because}`;
    }),
    formatBytes(bytes),
  ];
}

import type { CopyResult } from '../../../protocol/domain/copy.ts';
import { formatBytes } from '../../texts/bytes.ts';

/** One line for each backup of a copy, a move or an import. */
export function copyLines({ backups, bytes }: CopyResult): readonly string[] {
  return [
    ...backups.map(({ backup, to, outcome, why }) => {
      const because = why === undefined ? '' : `: ${why}`;
      return `${outcome.padEnd(13)} ${backup.slice(0, 8)}  ${to}${because}`;
    }),
    formatBytes(bytes),
  ];
}

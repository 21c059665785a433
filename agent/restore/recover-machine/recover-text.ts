import { readFileSync } from 'node:fs';
import { RestoreRecord } from '../restore-record.ts';

/** The configuration that an interrupted recovery was about to write, from its journal; undefined: it is none of those. */
export function recoverTextOf(journal: string): string | undefined {
  const [first = '', ...others] = readFileSync(journal, 'utf8').split('\n');
  // Torn: it died before it did anything.
  if (others.length === 0) return undefined;
  const record = RestoreRecord.parse(JSON.parse(first));
  return record.kind === 'begin' ? record.recover?.configText : undefined;
}

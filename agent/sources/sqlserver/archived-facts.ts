import { KedgeError } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { BackupFacts, factsName } from './backup-facts.ts';

/** A text of this length describes a hundred thousand tables. */
const factsBytesAtMost = 64 * 1024 * 1024;

/** What an archive says of the backups in it, without reading those. */
export async function unfold(archived: ArchivedSource, signal: AbortSignal): Promise<BackupFacts> {
  const name = `${archived.name}/${factsName}`;
  for await (const member of archived.members()) {
    if (member.name.toString() !== name || member.sizeBytes > factsBytesAtMost) continue;
    const parts: Uint8Array[] = [];
    for await (const part of archived.content(member, signal)) parts.push(Buffer.from(part));
    return factsIn(archived, Buffer.concat(parts).toString());
  }
  throw unreadable(archived, `it has no ${factsName}`);
}

function factsIn(archived: ArchivedSource, text: string): BackupFacts {
  try {
    return BackupFacts.parse(JSON.parse(text));
  } catch (error) {
    throw unreadable(archived, errorMessage(error), error);
  }
}

function unreadable({ name }: ArchivedSource, problem: string, cause?: unknown): KedgeError {
  const why = `the backup of source "${name}" in it can't be read: ${problem}`;
  return new KedgeError('restore-refused', { why }, { cause });
}

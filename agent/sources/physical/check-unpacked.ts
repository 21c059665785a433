import type { ArchivedSource } from '../restore-kind.ts';
import { readUnpackedFacts } from './server-facts.ts';

/** Of a source that lies in a folder as it stands in the archive: no server is started on it there. */
export async function checkUnpackedServer(archived: ArchivedSource, folder: string): Promise<void> {
  await readUnpackedFacts(archived.name, folder);
}

import { KedgeError } from '../../../protocol/failures.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { counted } from '../dumps/counted-content.ts';
import { pathBelow } from '../member-path.ts';
import type { ArchivedSource, StageWork } from '../restore-kind.ts';
import { unfold } from './archived-facts.ts';
import { type CodeObject, wordCode } from './code-object.ts';
import { type KeptCode, writeCodeTable } from './code-table.ts';
import type { DumpFacts } from './dump-facts.ts';
import { rowsIn } from './kept-rows.ts';
import { type DumpFile, loadDump } from './load-dump.ts';
import { proveCode } from './prove-code.ts';
import { areRowsElsewhere } from './rows-elsewhere.ts';
import { asking, openSession } from './sessions.ts';

export interface Staging {
  readonly source: string;
  readonly server: MariadbSettings;
  /** Of the database that is made; its name is in the journal. */
  readonly name: string;
}

/** Loads a dump into a new database, proves that, and puts the code beside it. Answers notes. */
export async function stageDatabase(
  staging: Staging,
  archived: ArchivedSource,
  work: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const { source, server, name } = staging;
  const { signal } = work;
  const { facts, code } = await unfold(archived, signal);
  const files = () => filesOf(archived, signal, onBytes);
  using session = await openSession(server, signal);
  await loadDump({ source, server, name, facts, files }, session, work);
  const { objects } = await asking(signal, prove(staging, session, { facts, code }, signal));
  await asking(signal, writeCodeTable(session, name, { from: facts.database, objects }, signal));
  return objects
    .filter(({ isDoubtful }) => isDoubtful === true)
    .map(
      (view) =>
        `${wordCode(view)} of source "${source}" could not be tried: it names what is not there yet; where that is so also afterwards, it is left out`,
    );
}

async function* filesOf(
  archived: ArchivedSource,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): AsyncGenerator<DumpFile> {
  for await (const member of archived.members()) {
    if (member.kind !== 'file') continue;
    const path = pathBelow(member.name, archived.name).toString();
    yield { path, content: counted(archived.content(member, signal), onBytes) };
  }
}

/** Rows counted, code made once and dropped again; answers the code, with what of it could not be tried. */
export async function prove(
  { source, name, server }: Staging,
  session: SqlSession,
  { facts, code }: { readonly facts: DumpFacts; readonly code: readonly CodeObject[] },
  signal: AbortSignal,
): Promise<Pick<KeptCode, 'objects'>> {
  const found = await rowsIn(session, name, signal);
  const counted = facts.tables.filter(
    (table) => table.rows !== undefined && !areRowsElsewhere(table),
  );
  const wrong = counted.find(({ table, rows }) => found.get(table) !== rows);
  if (wrong !== undefined) {
    const problem = `table "${wrong.table}" has ${found.get(wrong.table) ?? 'no'} rows instead of ${wrong.rows}`;
    throw new KedgeError('source-miscounted', { source, problem });
  }
  const kept = { from: facts.database, objects: code };
  return { objects: await proveCode(session, { name, live: server.name, kept }, signal) };
}

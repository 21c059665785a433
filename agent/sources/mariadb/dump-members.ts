import { join } from 'node:path';
import { factsMember, fileMember, folderMember } from '../dumps/dump-member.ts';
import type { CapturedMember } from '../source.ts';
import type { CodeObject } from './code-object.ts';
import {
  codeName,
  type DumpFacts,
  factsName,
  objectsName,
  tablesFolder,
  viewsName,
} from './dump-facts.ts';

/** The dump of a database as members: what describes it first, then a file for each table. */
export async function* dumpMembers(
  source: string,
  folder: string,
  { facts, objects }: { readonly facts: DumpFacts; readonly objects: readonly CodeObject[] },
  signal: AbortSignal,
): AsyncGenerator<CapturedMember> {
  yield folderMember(source);
  yield factsMember(`${source}/${factsName}`, facts);
  if (objects.length > 0) yield factsMember(`${source}/${objectsName}`, objects);
  yield folderMember(`${source}/${tablesFolder}`);
  const paths = [
    ...facts.tables.map(({ file }) => `${tablesFolder}/${file}`),
    ...(facts.views.length === 0 ? [] : [viewsName]),
    ...(facts.code.length === 0 ? [] : [codeName]),
  ];
  for (const path of paths) {
    signal.throwIfAborted();
    yield await fileMember(`${source}/${path}`, join(folder, path));
  }
}

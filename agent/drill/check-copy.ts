import { lstatSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { DrillSource } from '../../protocol/domain/drill.ts';
import type { IndexMember } from '../archive/archive-reader.ts';
import { showName } from '../archive/member-name.ts';
import { hashFile } from '../os/hash-file.ts';
import type { Work } from '../os/work.ts';
import { type ContentCheck, readIntoCheck } from '../sources/content-check.ts';
import { pathBelow } from '../sources/member-path.ts';
import { contentCheckOf, integrityCheckOf, rowCountOf } from '../sources/source-kinds.ts';

export interface CheckedCopy {
  readonly source: DrillSource;
  /** What is wrong with it, a line each. */
  readonly problems: readonly string[];
  /** What the application is pointed to: the file of a database, else the folder. */
  readonly path: string;
}

interface SourceCopy {
  readonly name: string;
  readonly engine: string;
  readonly root: string;
  readonly notes: readonly string[];
  members(): AsyncIterable<IndexMember>;
}

/** More would say no more. */
const problemsShown = 5;

/** Reads a copy back from the disk and holds it against the archive; then its engine checks it and counts its rows. */
export async function checkCopy(
  copy: SourceCopy,
  bytesTotal: number,
  work: Work,
): Promise<CheckedCopy> {
  const counts = { members: 0, files: 0, bytes: 0, hashed: 0 };
  const wrong: string[] = [];
  const databases: string[] = [];
  const whole = contentCheckOf(copy.engine)?.();
  for await (const member of copy.members()) {
    work.signal.throwIfAborted();
    work.progress(`read ${copy.name} back`, counts.bytes, bytesTotal);
    const path = pathOf(copy, member);
    const problem = await differenceOf(member, path, work.signal);
    if (problem !== undefined) wrong.push(`${showName(member.name)}: ${problem}`);
    counts.members += 1;
    if (member.kind !== 'file') continue;
    counts.files += 1;
    counts.bytes += member.sizeBytes;
    if (member.sha256 !== undefined) counts.hashed += 1;
    const inside = pathBelow(member.name, copy.name).toString();
    if (whole !== undefined) await readIntoCheck(whole, inside, path, work.signal);
    if (integrityCheckOf(member.engine ?? copy.engine) !== undefined)
      databases.push(path.toString());
  }
  const checked =
    whole === undefined ? checkDatabases(copy, databases, work) : checkWhole(copy, whole);
  const [only, ...more] = databases;
  return {
    source: {
      source: copy.name,
      engine: copy.engine,
      ...counts,
      ...checked.found,
      notes: [...copy.notes, ...checked.notes],
    },
    problems: [...shown(wrong), ...checked.problems],
    path: only !== undefined && more.length === 0 ? only : copy.root,
  };
}

function pathOf({ name, root }: SourceCopy, member: IndexMember): Buffer {
  const relative = pathBelow(member.name, name);
  const folder = Buffer.from(root);
  return relative.length === 0 ? folder : Buffer.concat([folder, Buffer.from('/'), relative]);
}

/** Undefined: it is what the archive says. */
async function differenceOf(
  member: IndexMember,
  path: Buffer,
  signal: AbortSignal,
): Promise<string | undefined> {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'it is not there after the restore';
  if (member.kind === 'directory') return stat.isDirectory() ? undefined : 'it is no folder';
  if (member.kind !== 'file') return undefined;
  if (!stat.isFile() || stat.size !== member.sizeBytes) {
    return `it has ${stat.size} bytes instead of ${member.sizeBytes}`;
  }
  if (member.sha256 === undefined) return undefined;
  await using file = await open(path, 'r');
  const found = await hashFile(file, signal);
  return found === member.sha256 ? undefined : 'its content is not what was backed up';
}

function shown(wrong: readonly string[]): readonly string[] {
  if (wrong.length <= problemsShown) return wrong;
  return [...wrong.slice(0, problemsShown), `and ${wrong.length - problemsShown} more like these`];
}

/** What only means something together. */
function checkWhole({ name }: SourceCopy, whole: ContentCheck) {
  const { problem, notes } = whole.result();
  const problems = problem === undefined ? [] : [`${name}: ${problem}`];
  const integrity = problem === undefined ? ('ok' as const) : ('damaged' as const);
  const { tables } = whole.counts();
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  // Those of a whole server are counted by a server.
  const counted = tables.length === 0 ? {} : { tables, rows };
  return { problems, notes, found: { integrity, ...counted } };
}

function checkDatabases({ name, engine }: SourceCopy, paths: readonly string[], work: Work) {
  const [check, count] = [integrityCheckOf(engine), rowCountOf(engine)];
  const problems: string[] = [];
  const notes: string[] = [];
  const tables: { table: string; rows: number }[] = [];
  for (const path of paths) {
    work.progress(`check ${name}`, 0, 0);
    const found = check?.(path);
    notes.push(...(found?.notes ?? []));
    if (found?.problem !== undefined) {
      problems.push(`${name}: ${found.problem}`);
      continue;
    }
    work.progress(`count the rows of ${name}`, 0, 0);
    const counted = count?.(path);
    tables.push(...(counted?.tables ?? []));
    notes.push(...(counted?.notes ?? []));
  }
  if (paths.length === 0) return { problems, notes, found: {} };
  const integrity = problems.length === 0 ? ('ok' as const) : ('damaged' as const);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return {
    problems,
    notes,
    found: { integrity, ...(count === undefined ? {} : { tables, rows }) },
  };
}

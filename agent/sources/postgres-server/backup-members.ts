import type { MemberHeader, MemberKind } from '../../archive/member.ts';
import { dataName, factsName, printFacts, type ServerFacts } from '../physical/server-facts.ts';
import type { CapturedMember } from '../source.ts';
import { smallFileBytes } from '../tree/read-file.ts';
import { manifestName, own } from './server-settings.ts';
import { type SpooledMember, spooledMembers } from './spool-backup.ts';

export interface Copied {
  readonly facts: ServerFacts;
  readonly manifest: Buffer;
  readonly members: readonly SpooledMember[];
}

/** What was copied as members; those beside the data folder belong to whom all in it does. */
export async function* backupMembers(
  source: string,
  { facts, manifest, members }: Copied,
  tar: string,
  signal: AbortSignal,
): AsyncGenerator<CapturedMember> {
  const [first] = members;
  if (first === undefined) throw new Error('a data folder has nothing in it');
  const header = headersLike(first.header, facts);
  const folder = (name: string): CapturedMember => ({
    header: header(name, 'directory', 0),
    content: Buffer.alloc(0),
  });
  const file = (name: string, content: Buffer): CapturedMember => ({
    header: header(name, 'file', content.length),
    content: content.length < smallFileBytes ? content : () => once(content),
  });
  yield folder(source);
  yield file(`${source}/${factsName}`, printFacts(facts));
  yield folder(`${source}/${dataName}`);
  yield* spooledMembers(tar, members, signal);
  yield file(`${source}/${dataName}/${manifestName}`, manifest);
}

function headersLike({ uid, gid, user, group }: MemberHeader, { settings }: ServerFacts) {
  const folderMode = settings[own.folderMode] === '0750' ? 0o750 : 0o700;
  return (name: string, kind: MemberKind, sizeBytes: number): MemberHeader => ({
    name: Buffer.from(name),
    kind,
    sizeBytes,
    mode: kind === 'directory' ? folderMode : 0o600,
    ...{ uid, gid, mtimeNs: 0n },
    ...(user !== undefined && { user }),
    ...(group !== undefined && { group }),
  });
}

async function* once(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

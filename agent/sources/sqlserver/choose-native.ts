import type { MemberHeader } from '../../archive/member.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { CaptureOrder } from '../source.ts';
import { BackupFacts, factsName, fullName } from './backup-facts.ts';
import type { BackupKindOrder } from './native-backup.ts';
import { readDifferentialBase } from './read-facts.ts';

/** The full that a differential of the server's own stands on, as it lies in the archive of it. */
export interface NativeBase {
  readonly facts: BackupFacts;
  /** Of its full in that archive: it is there already. */
  readonly header: MemberHeader;
}

export type NativeChoice =
  | { readonly order: BackupKindOrder; readonly base: NativeBase }
  /** `why`: a differential was asked for, and this is a whole backup. */
  | { readonly order: BackupKindOrder; readonly base?: undefined; readonly why?: string };

/**
 * A differential of the server's own where the full that it would be of is that of the archive. A full that a schedule
 * takes becomes the base of later ones; what is taken besides leaves the server's own order as it is.
 */
export async function chooseNative(
  database: string,
  asked: CaptureOrder,
  session: SqlSession,
  signal: AbortSignal,
): Promise<NativeChoice> {
  if (asked.base === undefined)
    return { order: { kind: 'full', copyOnly: asked.isScheduled !== true } };
  const base = await nativeBase(asked.base, signal);
  const why = typeof base === 'string' ? base : await whyNot(database, base, session, signal);
  if (typeof base === 'string' || why !== undefined)
    return { order: { kind: 'full', copyOnly: true }, why: why ?? '' };
  return { order: { kind: 'differential', copyOnly: false }, base };
}

async function nativeBase(
  base: NonNullable<CaptureOrder['base']>,
  signal: AbortSignal,
): Promise<NativeBase | string> {
  const header = await base.header(fullName);
  if (header === undefined) return 'the full has no backup of it';
  const text = await base.text(factsName, signal);
  if (text === undefined) return 'the full is encrypted and can not be read here';
  return { facts: BackupFacts.parse(JSON.parse(text)), header };
}

async function whyNot(
  database: string,
  { facts: { full } }: NativeBase,
  session: SqlSession,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (full.copyOnly)
    return 'the full was taken by hand, which the server takes no differentials of';
  const base = await readDifferentialBase(session, database, signal);
  if (base === undefined) return 'the server knows no full that it could take one of';
  return isSame(base, full.guid) ? undefined : 'another full was taken of it since, not by this';
}

export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

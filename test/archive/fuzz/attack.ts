import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive } from '../../../agent/archive/archive-reader.ts';
import { openArchiveFile } from '../../../agent/archive/open-archive-file.ts';
import { verifyArchive } from '../../../agent/archive/verify-archive.ts';
import { openChain } from '../../../agent/chain/chain.ts';
import { findBaseIn } from '../../../agent/chain/find-base.ts';
import type { Work } from '../../../agent/os/work.ts';
import { runExtract } from '../../../agent/restore/extract.ts';
import { runSalvage } from '../../../agent/restore/salvage/run-salvage.ts';
import { type FailureCode, KedgeError } from '../../../protocol/failures.ts';
import { recoveryKey } from '../../support/age-files.ts';

/** What readers of archives may answer to one that is not as it should be. */
const known: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'archive-damaged',
  'archive-not-ours',
  'archive-newer',
  'base-missing',
  'nothing-salvaged',
  'not-found',
  'already-exists',
  'key-missing',
  'passphrase-missing',
]);

/** A hang guard: cases take milliseconds. */
const deadlineMs = 30_000;

export interface Attack {
  readonly archive: Buffer;
  readonly base?: Buffer;
}

/** How each act ended: "done", a code, or what must not be. */
export interface AttackResult {
  readonly endings: Readonly<Record<string, string>>;
  readonly faults: readonly string[];
}

/** Does to an archive all that Kedge does to archives, in a folder of its own, and looks what came of it. */
export async function attack({ archive, base }: Attack, folder: string): Promise<AttackResult> {
  rmSync(folder, { recursive: true, force: true });
  const inside = join(folder, 'inside');
  mkdirSync(inside, { recursive: true });
  mkdirSync(join(folder, 'scratch'));
  const path = join(folder, 'a.tar.zst');
  writeFileSync(path, archive);
  if (base !== undefined) writeFileSync(join(folder, 'base'), base);
  const before = readdirSync(folder).join();
  const endings: Record<string, string> = {};
  const faults: string[] = [];
  for (const [name, act] of Object.entries(actsOn(path, inside, join(folder, 'scratch')))) {
    endings[name] = await endingOf(act, faults, name);
  }
  if (readdirSync(folder).join() !== before || existsSync('/evil')) faults.push('wrote outside');
  return { endings, faults };
}

async function endingOf(
  act: (signal: AbortSignal) => Promise<unknown>,
  faults: string[],
  name: string,
): Promise<string> {
  const late = Promise.withResolvers<never>();
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort();
    late.reject(new Error('it hangs'));
  }, deadlineMs);
  try {
    await Promise.race([act(controller.signal), late.promise]);
    return 'done';
  } catch (error) {
    if (error instanceof KedgeError && known.has(error.failure.code)) return error.failure.code;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    faults.push(`${name}: ${stack}`);
    return 'fault';
  } finally {
    clearTimeout(timer);
  }
}

function actsOn(path: string, inside: string, scratch: string) {
  const keys = { identities: [recoveryKey.secret] };
  const work = (signal: AbortSignal): Work => ({
    job: 1,
    keys,
    signal,
    scratch,
    progress: () => undefined,
    log: () => undefined,
  });
  return {
    list: async () => {
      await using reader = await openArchiveFile(path, keys);
      const archive = await openArchive(reader);
      for await (const _ of archive.allMembers());
      for await (const _ of archive.removed());
      await archive.text('.kedge/application.jsonc');
    },
    verify: async (signal: AbortSignal) => {
      await using reader = await openArchiveFile(path, keys);
      await verifyArchive(reader, signal, () => undefined);
    },
    chain: async (signal: AbortSignal) => {
      await using reader = await openArchiveFile(path, keys);
      await using chain = await openChain(reader, findBaseIn(path, [], keys));
      for await (const member of chain.members()) {
        if (member.kind !== 'file') continue;
        for await (const _ of chain.content(member, signal));
      }
    },
    extract: async (signal: AbortSignal) =>
      await runExtract({ path, paths: [], folder: join(inside, 'out') }, [], work(signal)),
    salvage: async (signal: AbortSignal) =>
      await runSalvage({ path, folder: join(inside, 'saved') }, [], work(signal)),
  };
}

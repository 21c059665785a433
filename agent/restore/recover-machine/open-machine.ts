import { readdir } from 'node:fs/promises';
import type { RecoverOrder, RecoverPlan } from '../../../protocol/domain/recover.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { noKeys } from '../../archive/age/lock.ts';
import { openArchiveFile } from '../../archive/open-archive-file.ts';
import { type Chain, openChain } from '../../chain/chain.ts';
import { findBaseIn } from '../../chain/find-base.ts';
import { checkReferences } from '../../config/check-references.ts';
import type { Config } from '../../config/config.ts';
import { parseConfig } from '../../config/parse-config.ts';
import { errorCode } from '../../os/error-code.ts';
import { readOwnerIds } from '../../os/owner-ids.ts';
import type { Work } from '../../os/work.ts';
import { openSource } from '../../sources/source-kinds.ts';
import { findRestorables, type Restorable, type Restorables } from '../restorable.ts';
import { foldersOf } from './choose-chain.ts';
import { withLinked } from './linked-settings.ts';
import { type OwnerMap, ownerMap } from './owner-map.ts';
import { relocated } from './relocate.ts';

/** A backup with the configuration that it is to have here, its sources as if they were of this machine. */
export interface Machine extends AsyncDisposable {
  readonly chain: Chain;
  readonly config: Config;
  readonly owners: OwnerMap;
  readonly found: Restorables;
}

/** `planned`: names of the sources that are to come; absent: those in servers are asked whether they can. */
export async function openMachine(
  { order, backup, configText }: Pick<RecoverPlan, 'order' | 'backup' | 'configText'>,
  { keys = noKeys, signal }: Pick<Work, 'keys' | 'signal'>,
  planned?: ReadonlySet<string>,
): Promise<Machine> {
  const config = parsedConfig(configText, backup.path);
  await using opened = new AsyncDisposableStack();
  const reader = opened.use(await openArchiveFile(backup.path, keys));
  const findBase = findBaseIn(backup.path, await foldersOf(order.paths), keys);
  const chain = opened.use(await openChain(reader, findBase));
  const owners = ownersOf(order);
  const found = findRestorables(chain, config, backup);
  const sources = await Promise.all(
    found.sources.map(async (source) => {
      const { engine } = source.restore;
      const archived = relocated(source.archived, engine, { maps: order.maps, owners });
      return await withLinked({ ...source, archived }, config.sources[source.name]);
    }),
  );
  const judged = await Promise.all(
    sources.map(async (source) => ({ source, why: await whyLeftOut(source, planned, signal) })),
  );
  const left = judged.flatMap(({ source, why }) =>
    why === undefined ? [] : [leftToServer(source, why, backup.path)],
  );
  const held = opened.move();
  return {
    chain,
    config,
    owners,
    found: {
      ...found,
      sources: judged.flatMap(({ source, why }) => (why === undefined ? [source] : [])),
      warnings: [...found.warnings, ...left],
    },
    [Symbol.asyncDispose]: async () => await held.disposeAsync(),
  };
}

/** A server may not even be installed here, or know none of the roles yet: no reason to bring nothing. */
async function whyLeftOut(
  { name, restore, archived }: Restorable,
  planned: ReadonlySet<string> | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (restore.server === undefined) return undefined;
  if (planned !== undefined) return planned.has(name) ? undefined : 'the plan leaves it out';
  const { obstacles } = (await restore.findings?.(archived, signal)) ?? { obstacles: [] };
  return obstacles.length === 0 ? undefined : obstacles.join('; ');
}

function leftToServer({ name }: Restorable, why: string, path: string): string {
  return `source "${name}" is a database in a server and is left out here: ${why}. When that is put right, restore it alone: kedge restore run ${inShell(path)} --only ${name}`;
}

/** One word for a shell. */
const inShell = (path: string): string =>
  /^[\w./+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;

/** What a source of this machine is to replace, and what stands there now. */
export async function destinationOf(
  { name, restore }: Restorable,
  { sources }: Config,
  signal: AbortSignal,
): Promise<Pick<RecoverPlan['sources'][number], 'to' | 'standing'>> {
  const settings = sources[name];
  if (restore.server === undefined || settings === undefined) {
    const to = await restore.livePaths();
    return { to, standing: await standingOf(to) };
  }
  const source = openSource(name, settings);
  const isThere = (await source.isLive?.(signal)) ?? true;
  return { to: [source.live], standing: isThere ? 'there' : 'absent' };
}

export function ownersOf(order: RecoverOrder): OwnerMap {
  const self = { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
  return ownerMap(order, readOwnerIds(), self);
}

export function parsedConfig(text: string, path: string): Config {
  const parsed = parseConfig(text, [checkReferences]);
  if (parsed.kind === 'valid') return parsed.config;
  const [problem] = parsed.problems;
  const where = problem === undefined ? '' : `line ${problem.line}: ${problem.message}`;
  throw new KedgeError('config-invalid', {
    path: `${path}:.kedge/application.jsonc`,
    problem: where,
  });
}

/** A fresh file system is not quite empty. */
const countsAsEmpty: ReadonlySet<string> = new Set(['lost+found']);

/** What lies at the paths that a source is to have: what is there most counts. */
export async function standingOf(
  paths: readonly string[],
): Promise<RecoverPlan['sources'][number]['standing']> {
  let standing: RecoverPlan['sources'][number]['standing'] = 'absent';
  for (const path of paths) {
    const names = await namesAt(path);
    if (names === undefined) continue;
    if (names === 'file' || names.some((name) => !countsAsEmpty.has(name))) return 'there';
    standing = 'empty';
  }
  return standing;
}

async function namesAt(path: string): Promise<readonly string[] | 'file' | undefined> {
  return await readdir(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    return 'file' as const;
  });
}

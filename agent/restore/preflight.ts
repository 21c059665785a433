import { sep } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { Chain } from '../chain/chain.ts';
import type { Config } from '../config/config.ts';
import { isMountPoint, mountPoints } from '../os/mount-points.ts';
import { realPathOf } from '../os/real-path.ts';
import type { JobName } from '../sources/source.ts';
import { permissionProblems } from './permissions.ts';
import type { Restorables } from './restorable.ts';
import type { RestoreContext } from './restore-context.ts';
import { againstServersDown } from './servers-down.ts';
import { whyUnsettled } from './unsettled.ts';

const never = new AbortController().signal;

export interface Findings {
  readonly warnings: readonly string[];
  readonly obstacles: readonly string[];
}

/** What stands against a restore and what is worth a word; reads only. Space is looked at by itself. */
export async function lookForObstacles(
  order: {
    readonly backup: Backup;
    readonly archive: Chain;
    readonly found: Restorables;
    readonly work: JobName;
  },
  context: RestoreContext,
): Promise<Findings> {
  const { backup, archive, found, work } = order;
  const live = await Promise.all(
    found.sources.map(async ({ name, restore }) => ({
      name,
      paths: await restore.livePaths(),
      exchangesMounts: restore.exchangesMounts === true,
      inPlace: restore.inPlace === true,
    })),
  );
  const own = await findingsOf(found, work);
  return {
    warnings: [
      ...found.warnings,
      ...aboutProof(backup),
      ...aboutOrigin(archive, context),
      ...(await aboutHolders(found)),
      ...own.warnings,
    ],
    obstacles: [
      ...found.obstacles,
      ...againstBackup(backup, archive, context.config),
      ...(await againstState(context)),
      ...(await againstServersDown(found.sources, context.config)),
      ...(await againstPlaces(live)),
      ...(await againstNesting(live, backup, context)),
      ...own.obstacles,
    ],
  };
}

export function aboutProof({ proof, integrity, gaps }: Backup): readonly string[] {
  const warnings: string[] = [];
  if (proof.kind === 'sealed') warnings.push('this backup was not verified yet');
  if (integrity === 'pending') warnings.push('the integrity of what it holds was not checked yet');
  for (const gap of gaps.filter(({ kind }) => kind === 'file')) {
    warnings.push(`"${gap.path}" of source "${gap.source}" is not in this backup: ${gap.reason}`);
  }
  return warnings;
}

export function aboutOrigin(
  { header }: Chain,
  { installation }: RestoreContext,
): readonly string[] {
  return header.installation === installation
    ? []
    : [`this backup was made by another Kedge, on "${header.host}"`];
}

async function aboutHolders({ sources }: Restorables): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { name, restore, archived } of sources) {
    const held = (await restore.heldBy?.(archived, never)) ?? [];
    found.push(...held.map((words) => `source "${name}": ${words}`));
  }
  return found;
}

/** What only the engines know. */
async function findingsOf({ sources }: Restorables, work: JobName): Promise<Findings> {
  const [warnings, obstacles]: [string[], string[]] = [[], []];
  for (const { name, restore, archived } of sources) {
    const found = await restore.findings?.(archived, never, work);
    const naming = (words: string): string => `source "${name}": ${words}`;
    warnings.push(...(found?.warnings ?? []).map(naming));
    obstacles.push(...(found?.obstacles ?? []).map(naming));
  }
  return { warnings, obstacles };
}

export function damageOf(backup: Backup): readonly string[] {
  const obstacles: string[] = [];
  if (backup.proof.kind === 'damaged') obstacles.push(`it is damaged: ${backup.proof.problem}`);
  if (backup.integrity === 'damaged') {
    obstacles.push(
      `what it holds is damaged: ${backup.integrityProblem ?? 'see its verification'}`,
    );
  }
  return obstacles;
}

function againstBackup(backup: Backup, { header }: Chain, config: Config): readonly string[] {
  const obstacles = [...damageOf(backup)];
  if (header.application.id !== config.application.id) {
    obstacles.push(
      `it is of the application "${header.application.id}", here is "${config.application.id}"`,
    );
  }
  return obstacles;
}

async function againstState({ stateFolder }: RestoreContext): Promise<readonly string[]> {
  const why = await whyUnsettled(stateFolder);
  return why === undefined ? [] : [why];
}

interface LiveSource {
  readonly name: string;
  readonly paths: readonly string[];
  readonly exchangesMounts: boolean;
  readonly inPlace: boolean;
}

async function againstPlaces(sources: readonly LiveSource[]): Promise<readonly string[]> {
  const obstacles: string[] = [];
  for (const source of sources) {
    const problems = await placeProblems(source);
    obstacles.push(...problems.map((problem) => `source "${source.name}": ${problem}`));
  }
  return obstacles;
}

/** Why what is live of a source could not be exchanged where it lies, tried without changing anything. */
export async function placeProblems({
  paths,
  exchangesMounts,
  inPlace,
}: Omit<LiveSource, 'name'>): Promise<readonly string[]> {
  const mounted = [...(await mountPoints())];
  const found: string[] = [];
  for (const path of paths) {
    const isMount = await isMountPoint(path);
    const problems = [
      isMount && !exchangesMounts ? `"${path}" is a mount point, which can't be exchanged` : '',
      ...mounted
        .filter((inside) => inside.startsWith(path + sep))
        .map((inside) => `"${inside}" in it is a mount point, which can't be exchanged`),
      ...(await permissionProblems({ path, isMount: isMount && exchangesMounts, inPlace })),
    ];
    found.push(...problems.filter((problem) => problem !== ''));
  }
  return found;
}

/** A folder is exchanged as a whole: what lies in it would go along. */
async function againstNesting(
  sources: readonly LiveSource[],
  backup: Backup,
  { config, stateFolder }: RestoreContext,
): Promise<readonly string[]> {
  const others = [
    { what: "Kedge's own state", path: await realPathOf(stateFolder) },
    { what: 'this backup', path: await realPathOf(backup.path) },
    ...Object.entries(config.stores).map(([name, { path }]) => ({
      what: `destination "${name}"`,
      path,
    })),
    ...sources.flatMap(({ name, paths }) =>
      paths.map((path) => ({ what: `source "${name}"`, path })),
    ),
  ];
  return sources.flatMap(({ name, paths }) =>
    paths.flatMap((path) =>
      others
        .filter((other) => other.path.startsWith(path + sep))
        .map(({ what }) => `${what} lies inside source "${name}" ("${path}")`),
    ),
  );
}

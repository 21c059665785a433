import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { RecoverOrder, RecoverPlan } from '../../../protocol/domain/recover.ts';
import { noKeys } from '../../archive/age/lock.ts';
import { openArchive } from '../../archive/archive-reader.ts';
import { openArchiveFile } from '../../archive/open-archive-file.ts';
import type { Config, SourceSettings } from '../../config/config.ts';
import { maySetOwner } from '../../os/entry-metadata.ts';
import { exists } from '../../os/files.ts';
import { readOwnerNames } from '../../os/owner-names.ts';
import { realPathOf } from '../../os/real-path.ts';
import type { Work } from '../../os/work.ts';
import { openSource } from '../../sources/source-kinds.ts';
import { readMarker } from '../../stores/local/marker.ts';
import { lookForObstacles } from '../preflight.ts';
import type { RestoreContext } from '../restore-context.ts';
import { livePaths as livePathsOf } from '../run-restore.ts';
import { scratchNeeds, spaceNeeds } from '../space-needs.ts';
import { type ChosenChain, chooseChain } from './choose-chain.ts';
import { countOwners } from './count-owners.ts';
import { describeServices, findMissing, missingTool } from './find-missing.ts';
import { mapConfigText } from './map-config.ts';
import { destinationOf, type Machine, openMachine, parsedConfig } from './open-machine.ts';

/** What recovering an application here would do, what this machine lacks, and what stands against it. Changes nothing. */
export async function makeRecoverPlan(
  order: RecoverOrder,
  configPath: string,
  context: Pick<RestoreContext, 'stateFolder' | 'installation' | 'services'>,
  work: Work,
): Promise<RecoverPlan> {
  work.progress('look for the newest backup', 0, 0);
  const chosen = await chooseChain(order, work.keys ?? noKeys);
  const original = await configurationOf(chosen, work);
  const configText = mapConfigText(original, order);
  const before = parsedConfig(original, chosen.backup.path);
  await using machine = await openMachine({ order, backup: chosen.backup, configText }, work);
  const { chain, config, found, owners } = machine;
  const sources = await describeSources(machine, before, work.signal);
  const livePaths = await livePathsOf(found.sources);
  const stores = await describeStores(order, before, config, chosen);
  work.progress('look at owners', 0, 0);
  const counted = await countOwners(chain, owners, work.signal);
  const findings = await lookForObstacles(
    { backup: chosen.backup, archive: chain, found, work },
    { ...context, config },
  );
  const { id, name, version, contact } = config.application;
  return {
    order,
    application: {
      id,
      name,
      ...(version === undefined ? {} : { version }),
      ...(contact === undefined ? {} : { contact }),
    },
    ...chosen,
    indexSha256: chain.indexSha256,
    configPath,
    configText: headed(configText, chosen),
    sources,
    stores,
    services: await describeServices(config, livePaths),
    owners: counted.owners,
    missing: [
      ...(await findMissing(config, livePaths)),
      ...counted.missing,
      ...(counted.attributes ? await missingTool('setfattr', attributesWhy) : []),
      ...stores.filter(({ standing }) => standing === 'missing').map(missingStore),
    ],
    space: await spaceNeeds(found.sources, await scratchNeeds(found.sources, work.scratch)),
    warnings: [...findings.warnings.filter(isNews), ...aboutSelf()],
    obstacles: [
      ...findings.obstacles,
      ...owners.problems,
      ...unknownDestinations(order, before),
      ...(order.replace ? [] : occupied(sources)),
    ],
  };
}

const attributesWhy = 'extended attributes and ACLs come back with it (package attr)';

async function configurationOf({ backup }: ChosenChain, { keys = noKeys }: Work): Promise<string> {
  await using reader = await openArchiveFile(backup.path, keys);
  return await (await openArchive(reader)).text('.kedge/application.jsonc');
}

/** An own line in front, so that whoever opens the file knows where its paths come from. */
function headed(text: string, { backup }: ChosenChain): string {
  const from = JSON.stringify(basename(backup.path));
  return `// Brought here by "kedge recover" from ${from}, made on ${JSON.stringify(backup.host)}.\n${text}`;
}

async function describeSources(
  { chain, found, config }: Machine,
  before: Config,
  signal: AbortSignal,
): Promise<RecoverPlan['sources']> {
  const bytes = new Map(chain.header.sources.map((source) => [source.name, source.bytes]));
  return await Promise.all(
    found.sources.map(async (source) => {
      const { name, restore } = source;
      const { to, standing } = await destinationOf(source, config, signal);
      const settings = before.sources[name];
      return {
        source: name,
        engine: restore.engine,
        from: settings === undefined ? to : placesIn(settings),
        to,
        standing,
        bytes: bytes.get(name) ?? 0,
      };
    }),
  );
}

/** As they stand: on this machine they may be anything, or closed. */
function placesIn(settings: SourceSettings): readonly string[] {
  const { paths, place, live } = openSource('', settings);
  return place === undefined ? paths : [live];
}

async function describeStores(
  { destinations }: RecoverOrder,
  before: Config,
  after: Config,
  { backup }: ChosenChain,
): Promise<RecoverPlan['stores']> {
  const ofArchive = await realPathOf(dirname(backup.path));
  return await Promise.all(
    Object.entries(after.stores).map(async ([id, { path }]) => {
      const isNew =
        destinations.some((each) => each.id === id) || (await realPathOf(path)) === ofArchive;
      const marker = await readMarker(path).catch(() => undefined);
      const canBe = isNew && (await isWritable(path));
      const standing = marker !== undefined ? 'here' : canBe ? 'new' : 'missing';
      return { id, from: before.stores[id]?.path ?? path, to: path, standing } as const;
    }),
  );
}

/** Such as a stick that is mounted read-only, from which all comes. */
async function isWritable(path: string): Promise<boolean> {
  if (!(await exists(path))) return path !== '/' && (await isWritable(dirname(path)));
  return await access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

function missingStore({ id, to }: RecoverPlan['stores'][number]) {
  const why = `destination "${id}" is offline until it is there and Kedge may write to it`;
  return { kind: 'destination', name: to, why } as const;
}

/** That it was made by another Kedge is what a recovery is about. */
function isNews(warning: string): boolean {
  return !warning.startsWith('this backup was made by another Kedge');
}

/** Only root may give files away. */
function aboutSelf(): readonly string[] {
  if (maySetOwner()) return [];
  const uid = process.geteuid?.() ?? 0;
  const name = readOwnerNames().users.get(uid) ?? String(uid);
  return [`all that comes back will belong to "${name}": only root may give files to others`];
}

function unknownDestinations(
  { destinations }: RecoverOrder,
  { stores }: Config,
): readonly string[] {
  return destinations
    .filter(({ id }) => stores[id] === undefined)
    .map(({ id }) => `the configuration in the backup has no destination "${id}"`);
}

function occupied(sources: RecoverPlan['sources']): readonly string[] {
  return sources
    .filter(({ standing }) => standing === 'there')
    .map(
      ({ source, to }) =>
        `something is there already where source "${source}" goes (${to.join(', ')}); give it another place with --map, or --replace to have that moved aside`,
    );
}

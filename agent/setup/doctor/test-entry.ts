import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import type { Config } from '../../config/config.ts';
import { openDatabase } from '../../databases/open-database.ts';
import { probe } from '../../services/probe.ts';
import { openStore } from '../../stores/stores.ts';
import { checkStore } from './checks/destinations.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkServices } from './checks/services.ts';
import { checkSources } from './checks/sources.ts';
import type { DoctorFacts } from './facts.ts';
import { runCheck } from './run-doctor.ts';

type TestedSection = 'sources' | 'stores' | 'services';
type Facts = Pick<DoctorFacts, 'places' | 'services' | 'problems'>;
type Services = NonNullable<Config['services']>;

/** Whether one source, destination or service would work as the configuration has it. Nothing is changed. */
export async function testEntry(
  config: Config,
  section: TestedSection,
  name: string,
  facts: Facts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const only = onlyEntry(config, section, name);
  const secrets = await runCheck('configuration', checkSecrets, { config: only }, signal);
  return [...secrets, ...(await ownFindings(only, section, facts, signal))];
}

/** The configuration as if nothing else stood in it. */
function onlyEntry(config: Config, section: TestedSection, name: string): Config {
  const { application } = config;
  const of = <T>(entries: Readonly<Record<string, T>> = {}): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).filter(([id]) => id === name));
  return {
    application,
    sources: section === 'sources' ? of(config.sources) : {},
    stores: section === 'stores' ? of(config.stores) : {},
    services: section === 'services' ? alone(of(config.services)) : {},
  };
}

/** What it needs is not tested with it. */
function alone(services: Services): Services {
  const entries = Object.entries(services).map(([id, { dependsOn: _needs, ...rest }]) => [
    id,
    rest,
  ]);
  return Object.fromEntries(entries);
}

async function ownFindings(
  config: Config,
  section: TestedSection,
  facts: Facts,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  switch (section) {
    case 'sources':
      return await runCheck('permissions', checkSources, { config }, signal);
    case 'stores':
      return await runCheck('destinations', checkStores, config.stores, signal);
    case 'services':
      return [
        ...(await runCheck('services', checkServices, { ...facts, config }, signal)),
        ...(await runCheck('services', askServices, config.services ?? {}, signal)),
      ];
    default:
      return section satisfies never;
  }
}

async function checkStores(stores: Config['stores']): Promise<readonly DoctorFinding[]> {
  const found = await Promise.all(
    Object.entries(stores).map(async ([id, settings]) => {
      const state = await openStore(id, settings).state();
      if (state.kind === 'online') return await checkStore({ id, path: settings.path });
      const why =
        'Kedge marks a destination once, so that an empty mount point is never taken for it.';
      const command = `kedge destination prepare ${id}`;
      const finding: DoctorFinding = {
        ...{
          area: 'destinations',
          tone: 'bad',
          thing: `destination "${id}"`,
          text: state.why,
          why,
        },
        cure: 'Where this is the right folder, mark it once it is saved.',
        command,
      };
      return [finding];
    }),
  );
  return found.flat();
}

/** What its probes say, and its database. */
async function askServices(
  services: Services,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const found = await Promise.all(
    Object.entries(services).map(async ([id, { database, probes = [] }]) => {
      const thing = `service "${id}"`;
      const answers = probes.map(async (settings) => {
        const { ok, text } = await probe(settings, signal, {
          memory: { locks: new Map() },
          database,
        });
        return finding(thing, ok, text);
      });
      const login = database === undefined ? [] : [askDatabase(thing, database, signal)];
      return await Promise.all([...login, ...answers]);
    }),
  );
  return found.flat();
}

async function askDatabase(
  thing: string,
  database: NonNullable<Services[string]['database']>,
  signal: AbortSignal,
): Promise<DoctorFinding> {
  try {
    const said = await openDatabase(database).ping(signal);
    return finding(thing, true, `its database answers: ${said}`);
  } catch (error) {
    signal.throwIfAborted();
    const { message, hint } = wordFailure(failureOf(error));
    return { ...finding(thing, false, message), ...(hint === undefined ? {} : { cure: hint }) };
  }
}

function finding(thing: string, ok: boolean, text: string): DoctorFinding {
  return { area: 'services', tone: ok ? 'ok' : 'bad', thing, text };
}

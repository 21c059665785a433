import { formatBytes } from '../bytes.ts';
import { formatCount } from '../count.ts';

export const recoverTexts = {
  head: (name: string, archive: string, when: string): string =>
    `Recovers ${name} from ${archive} (${when})`,
  from: (host: string): string => `It was made on ${host}.`,
  base: (name: string): string => `It needs the full ${name}, which is there.`,
  skipped: 'Not taken:',
  places: 'Comes back:',
  place: (source: string, from: string, to: string, bytes: number): string => {
    const size = formatBytes(bytes);
    return from === to ? `  ${source}: ${to} (${size})` : `  ${source}: ${from} -> ${to} (${size})`;
  },
  movedAside: 'what is there now is moved aside',
  stores: 'Destinations:',
  store: (id: string, from: string, to: string, standing: 'here' | 'new' | 'missing'): string => {
    const path = from === to ? to : `${from} -> ${to}`;
    const words = {
      here: 'is here',
      new: 'is made one here',
      missing: 'not here, or not to be written to: offline',
    };
    return `  ${id}: ${path} (${words[standing]})`;
  },
  services: 'Services, in the order of their start:',
  service: (id: string, command: string): string => `  ${id}: ${command}`,
  notStarted: (problem: string): string => `    will not be started: ${problem}`,
  owners: 'Owners:',
  owner: (kind: string, from: string, to: string, members: number): string =>
    `  ${kind} ${from} -> ${to} (${formatCount(members)})`,
  missing: 'Missing on this machine:',
  nothingMissing: 'Nothing is missing on this machine.',
  missingThing: (kind: string, name: string, why: string): string => `  ${kind} ${name}: ${why}`,
  space: (path: string, needed: string, free: string): string =>
    `Space in ${path}: ${needed} needed, ${free} free`,
  configuration: (path: string): string => `The configuration is written to ${path}`,
  warning: (text: string): string => `Note: ${text}`,
  obstacle: (text: string): string => `Stands against it: ${text}`,
  ask: {
    place: (from: string): string => `Where does ${from} go? [${from}] `,
    store: (id: string, path: string): string =>
      `Destination ${id} (${path}) is not here. Folder for it? [leave it offline] `,
    go: 'Recover it so? [Y/n] ',
  },
  notNow: 'Nothing was done.',
  isSetUp: (path: string): string => `Kedge is set up: ${path}`,
  runs: (id: string, health: string): string => `Service ${id}: ${health}`,
  foreign:
    'This is a new installation of Kedge: older backups can be restored, but count as those of another one, which retention never removes and no differential builds on.',
  finished: 'A recovery that had been interrupted was finished when Kedge started:',
  badMap: 'give OLD=NEW, both absolute paths',
  badOwner: 'give OLD=NEW, names or numbers; :OLD=:NEW for groups',
  badDestination: 'give NAME=FOLDER',
} as const;

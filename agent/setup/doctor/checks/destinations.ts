import { stat } from 'node:fs/promises';
import type { DoctorFinding } from '../../../../protocol/domain/doctor.ts';
import type { Store } from '../../../../protocol/domain/snapshot.ts';
import type { Config } from '../../../config/config.ts';
import { errorMessage } from '../../../os/error-code.ts';
import { fileSystemAt } from '../../../os/mount-points.ts';
import { tryWritableFolder } from '../../../os/probe.ts';
import { openSource } from '../../../sources/source-kinds.ts';
import type { DoctorFacts } from '../facts.ts';
import { shellWord } from '../shell-word.ts';

const area = 'destinations';

/** That one is offline stands among the problems; here: those that are there. */
export async function checkDestinations({
  config,
  stores,
}: DoctorFacts): Promise<readonly DoctorFinding[]> {
  if (config === undefined) return [];
  const online = stores.filter(({ state }) => state === 'online');
  const found = await Promise.all(online.map(async (store) => await checkStore(store)));
  return [...found.flat(), ...(await besideTheData(config, online))];
}

export async function checkStore({
  id,
  path,
}: Pick<Store, 'id' | 'path'>): Promise<readonly DoctorFinding[]> {
  const thing = `destination "${id}"`;
  try {
    await tryWritableFolder(path);
  } catch (error) {
    return [
      {
        area,
        tone: 'bad',
        thing,
        text: `Kedge may not write in "${path}": ${errorMessage(error)}`,
        why: 'No backup can be put there.',
        cure: `Give the folder to the user that Kedge runs as (number ${process.getuid?.()}).`,
        command: `sudo chown ${process.getuid?.()} ${shellWord(path)}`,
      },
    ];
  }
  const type = await fileSystemAt(path);
  const doubt = doubts.find(([types]) => types.test(type));
  if (doubt === undefined)
    return [{ area, tone: 'ok', thing, text: `"${path}" is writable (${type})` }];
  const [, tone, text, why] = doubt;
  return [{ area, tone, thing, text: `"${path}" lies on ${type}: ${text}`, why }];
}

/** What a kind of file system means for archives. */
const doubts: readonly (readonly [RegExp, 'advice' | 'bad', string, string])[] = [
  [
    /^(tmpfs|ramfs)$/,
    'bad',
    'it is gone after a restart',
    'Backups in memory do not outlive the server.',
  ],
  [
    /^(vfat|msdos|exfat)$/,
    'advice',
    'it has no owners, no links and no journal, and vfat no file over 4 GiB',
    'Everybody who has the drive reads it; a drive that is pulled out may lose what was written last. ext4 is better.',
  ],
  [
    /^(nfs4?|cifs|smb3|fuse\..*|9p)$/,
    'advice',
    'it is on the network or under another program',
    'Kedge sees changes there only every 15 minutes, and a share that hangs holds up what reads from it.',
  ],
];

/** A disk that dies takes all that lies on it. */
async function besideTheData(
  config: Config,
  online: readonly Store[],
): Promise<readonly DoctorFinding[]> {
  const paths = Object.entries(config.sources).flatMap(
    ([name, settings]) => openSource(name, settings).paths,
  );
  const ofData = new Set(await devicesOf(paths));
  const ofStores = await devicesOf(online.map(({ path }) => path));
  if (ofStores.length === 0 || !ofStores.every((device) => ofData.has(device))) return [];
  return [
    {
      area,
      tone: 'advice',
      thing: 'all destinations',
      text: 'every destination lies on the disk of the data',
      why: 'A disk that dies takes both.',
      cure: 'Add a destination on another drive, or copy backups elsewhere.',
      command: 'kedge destination prepare --help',
    },
  ];
}

async function devicesOf(paths: readonly string[]): Promise<readonly number[]> {
  const stats = await Promise.all(
    paths.map(async (path) => await stat(path).catch(() => undefined)),
  );
  return stats.flatMap((found) => (found === undefined ? [] : [found.dev]));
}

import { basename } from 'node:path';
import type { Backup } from '../../../../protocol/domain/backup.ts';
import type { ByHand } from '../../../sources/by-hand.ts';
import { byHandOf } from '../../../sources/source-kinds.ts';
import { heading, paragraph } from './page-lines.ts';
import type { RunbookFacts } from './runbook-facts.ts';
import { raw, shellLines } from './shell-lines.ts';

/** The same with nothing but what every Linux has. */
export function withoutKedge(facts: RunbookFacts): readonly string[] {
  const { config, newestFull, newestDifferential, key } = facts;
  const path = newestFull?.path ?? exampleOf(facts);
  const encryption = newestFull === undefined ? keysOf(key.recoveryKey) : newestFull.encryption;
  const age = encryption === undefined ? [] : ['age'];
  const { there, absent } = sourcesIn(newestFull, config.sources);
  const folders = new Set(there.flatMap((source) => source.folders));
  const packages = new Set(['zstd', ...age, ...there.flatMap((source) => source.packages)]);
  const scratch = raw(`~/restored-${config.application.id}`);
  return [
    ...heading('To recover without Kedge'),
    ...paragraph(
      `As root, on any Linux with tar and coreutils 9 (apt install ${[...packages].join(' ')}). The newest good full, in a new folder with room for it; the third command prints nothing when every file is sound:`,
    ),
    ...(encryption === 'keys'
      ? paragraph('First write the secret half of the recovery key into ~/recovery-key.txt.')
      : []),
    ...shellLines('mkdir', scratch, raw('&&'), 'cd', scratch),
    ...unpack(path, encryption),
    ...shellLines('sha256sum', '--quiet', '-c', '.kedge/SHA256SUMS'),
    ...there.flatMap(({ check }) => check.flatMap((command) => shellLines(...command))),
    ...paragraph('Stop the services, then put it where it was:'),
    ...shellLines('mkdir', '-p', ...folders),
    ...there.flatMap(({ putBack }) => putBack.flatMap((command) => shellLines(...command))),
    ...(absent.length === 0 ? [] : paragraph(`Not in this full yet: ${absent.join(', ')}.`)),
    ...differentialNote(newestDifferential),
  ];
}

/** A source that was added since is in no archive yet. */
function sourcesIn(
  full: Backup | undefined,
  sources: RunbookFacts['config']['sources'],
): { readonly there: readonly ByHand[]; readonly absent: readonly string[] } {
  const names = full?.sources.map(({ name }) => name) ?? Object.keys(sources);
  const all = Object.entries(sources);
  return {
    there: all.flatMap(([id, source]) => (names.includes(id) ? [byHandOf(id, source)] : [])),
    absent: all.flatMap(([id]) => (names.includes(id) ? [] : [id])),
  };
}

function keysOf(recoveryKey: string | undefined): Backup['encryption'] {
  return recoveryKey === undefined ? undefined : 'keys';
}

/** Where nothing was backed up yet: as it will be called. */
function exampleOf({ config, stores, key }: RunbookFacts): string {
  const ending = key.recoveryKey === undefined ? '' : '.age';
  return `${stores[0]?.path ?? '.'}/${config.application.id}_..._full.tar.zst${ending}`;
}

/** The key that stands in the safe, typed into a file; age asks for a passphrase by itself. */
function unpack(path: string, encryption: Backup['encryption']): readonly string[] {
  if (encryption === undefined) return shellLines('tar', '--zstd', '-xpf', path);
  const key = encryption === 'keys' ? ['-i', raw('~/recovery-key.txt')] : [];
  return shellLines('age', '-d', ...key, path, raw('|'), 'tar', '--zstd', '-xpf', '-');
}

function differentialNote(newest: Backup | undefined): readonly string[] {
  if (newest === undefined) return [];
  return paragraph(
    `The differential ${basename(newest.path)} is newer. Of it, this way gives new and small files only; .kedge/README.txt in it says how, and Kedge gives all of it.`,
  );
}

import { basename, dirname } from 'node:path';
import type { Backup } from '../../../../protocol/domain/backup.ts';
import type { SourceSettings } from '../../../config/config.ts';
import { heading, paragraph } from './page-lines.ts';
import type { RunbookFacts } from './runbook-facts.ts';
import { raw, shellLines } from './shell-lines.ts';
import { pathsOf } from './what-and-where.ts';

/** The same with nothing but what every Linux has. */
export function withoutKedge(facts: RunbookFacts): readonly string[] {
  const { config, newestFull, newestDifferential, key } = facts;
  const path = newestFull?.path ?? exampleOf(facts);
  const encryption = newestFull === undefined ? keysOf(key.recoveryKey) : newestFull.encryption;
  const tools = encryption === undefined ? '' : ' age';
  const { there, absent } = sourcesIn(newestFull, config.sources);
  const scratch = raw(`~/restored-${config.application.id}`);
  return [
    ...heading('To recover without Kedge'),
    ...paragraph(
      `As root, on any Linux with tar, zstd, coreutils 9 and sqlite3 (apt install zstd sqlite3${tools}). The newest good full, in a new folder with room for it; the third command prints nothing when every file is sound:`,
    ),
    ...(encryption === 'keys'
      ? paragraph('First write the secret half of the recovery key into ~/recovery-key.txt.')
      : []),
    ...shellLines('mkdir', scratch, raw('&&'), 'cd', scratch),
    ...unpack(path, encryption),
    ...shellLines('sha256sum', '--quiet', '-c', '.kedge/SHA256SUMS'),
    ...databases(there).flatMap(([id, source]) =>
      shellLines('sqlite3', `${id}/${basename(source.path)}`, 'pragma integrity_check'),
    ),
    ...paragraph('Stop the services, then put it where it was:'),
    ...shellLines('mkdir', '-p', ...foldersFor(there)),
    ...Object.entries(there).flatMap(([id, source]) => putBack(id, source)),
    ...(absent.length === 0 ? [] : paragraph(`Not in this full yet: ${absent.join(', ')}.`)),
    ...differentialNote(newestDifferential),
  ];
}

type Sources = RunbookFacts['config']['sources'];

/** A source that was added since is in no archive yet. */
function sourcesIn(
  full: Backup | undefined,
  sources: Sources,
): { readonly there: Sources; readonly absent: readonly string[] } {
  if (full === undefined) return { there: sources, absent: [] };
  const names = new Set(full.sources.map(({ name }) => name));
  const all = Object.entries(sources);
  return {
    there: Object.fromEntries(all.filter(([id]) => names.has(id))),
    absent: all.flatMap(([id]) => (names.has(id) ? [] : [id])),
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

function databases(sources: Sources) {
  return Object.entries(sources).flatMap(([id, source]) =>
    source.engine === 'sqlite' ? [[id, source] as const] : [],
  );
}

/** On a new machine nothing is there to put it into. */
function foldersFor(sources: Sources): readonly string[] {
  const folders = Object.values(sources).flatMap((source) =>
    source.engine === 'files' ? [source.path] : pathsOf(source).map(dirname),
  );
  return [...new Set(folders)];
}

/** What is left of an old database's log would be taken for the new one's. */
function putBack(id: string, source: SourceSettings): readonly string[] {
  switch (source.engine) {
    case 'sqlite': {
      const { path } = source;
      return [
        ...shellLines('rm', '-f', `${path}-wal`, `${path}-shm`, `${path}-journal`),
        ...shellLines('cp', '-a', `${id}/${basename(path)}`, path),
      ];
    }
    case 'files':
      return shellLines('cp', '-a', `${id}/.`, source.path);
    case 'settings':
      return source.paths.flatMap((path) => shellLines('cp', '-a', '-T', `${id}${path}`, path));
    default:
      return source satisfies never;
  }
}

function differentialNote(newest: Backup | undefined): readonly string[] {
  if (newest === undefined) return [];
  return paragraph(
    `The differential ${basename(newest.path)} is newer. Of it, this way gives new and small files only; .kedge/README.txt in it says how, and Kedge gives all of it.`,
  );
}

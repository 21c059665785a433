import type { Backup } from '../../protocol/domain/backup.ts';
import type { Chain } from '../chain/chain.ts';
import { checkedContent } from '../chain/checked-content.ts';
import { SourceMembers } from '../chain/source-members.ts';
import type { Config } from '../config/config.ts';
import type { ArchivedSource, SourceRestore } from '../sources/restore-kind.ts';
import { restoreOf } from '../sources/restore-kinds.ts';

/** A source that is in the backup and in the configuration. */
export interface Restorable {
  readonly name: string;
  readonly archived: ArchivedSource;
  readonly restore: SourceRestore;
}

export interface Restorables {
  readonly sources: readonly Restorable[];
  readonly warnings: readonly string[];
  readonly obstacles: readonly string[];
}

/** What of a backup can be restored into this configuration, and what can't and why. */
export function findRestorables(archive: Chain, config: Config, backup: Backup): Restorables {
  const members = new SourceMembers(archive);
  const sources: Restorable[] = [];
  const warnings: string[] = [];
  const obstacles: string[] = [];
  const inBackup = new Map(archive.header.sources.map((source) => [source.name, source]));
  const missing = new Map(
    archive.header.gaps
      .filter(({ kind }) => kind === 'source')
      .map(({ source, reason }) => [source, reason]),
  );
  for (const [name, settings] of Object.entries(config.sources)) {
    const found = inBackup.get(name);
    const reason = missing.get(name);
    if (reason !== undefined) {
      warnings.push(`source "${name}" is missing in this backup (${reason}) and stays as it is`);
    } else if (found === undefined) {
      warnings.push(`source "${name}" is not in this backup and stays as it is`);
    } else if (found.engine !== settings.engine) {
      obstacles.push(
        `source "${name}" is ${found.engine} in the backup and ${settings.engine} in the configuration`,
      );
    } else {
      sources.push({
        name,
        archived: archivedIn({ archive, members }, name, isProven(archive, backup)),
        restore: restoreOf(name, settings),
      });
    }
  }
  for (const name of inBackup.keys()) {
    if (config.sources[name] !== undefined || missing.has(name)) continue;
    warnings.push(`source "${name}" of the backup is not configured here and is left out`);
  }
  if (sources.length === 0) obstacles.push('no source of this backup is configured here');
  return { sources, warnings, obstacles };
}

/** Not by its id alone: an archive that was put in the place of the proven one may have that too. */
export function isProven({ indexSha256 }: Chain, { proof, integrity }: Backup): boolean {
  const isVerified = proof.kind === 'verified' && proof.indexSha256 === indexSha256;
  return isVerified && integrity === 'ok';
}

/** A source of an archive of which it is known whether all of it was proven. */
export function archivedIn(
  { archive, members }: { readonly archive: Chain; readonly members: SourceMembers },
  name: string,
  proven: boolean,
): ArchivedSource {
  return {
    name,
    isProven: proven,
    gaps: archive.header.gaps.filter(({ source }) => source === name),
    members: () => members.of(name),
    content: proven ? archive.content : (member, signal) => checkedContent(archive, member, signal),
  };
}

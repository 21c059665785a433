import { basename, dirname } from 'node:path';
import type { Backup } from '../../../../protocol/domain/backup.ts';
import type { Store } from '../../../../protocol/domain/snapshot.ts';
import { wordBytes } from '../../../os/word-bytes.ts';
import { byHandOf } from '../../../sources/source-kinds.ts';
import { fact, heading, paragraph, wordMinute } from './page-lines.ts';
import type { RunbookFacts } from './runbook-facts.ts';

/** More than this would not be read, and all of it stands in every archive. */
const shown = 12;

export function whatIsProtected({ config }: RunbookFacts): readonly string[] {
  const sources = Object.entries(config.sources);
  return [
    ...heading('What is protected'),
    ...sources
      .slice(0, shown)
      .flatMap(([id, source]) =>
        fact(id, `${source.engine}: ${byHandOf(id, source).paths.join(', ')}`),
      ),
    ...andMore(sources.length),
  ];
}

export function whereBackupsLie(facts: RunbookFacts): readonly string[] {
  const { stores, schedules, newestFull, newestDifferential } = facts;
  return [
    ...heading('Where the backups lie'),
    ...stores.slice(0, shown).flatMap((store) => fact(store.id, storeWords(store))),
    ...andMore(stores.length),
    ...schedules
      .slice(0, shown)
      .flatMap(({ id, words, settings: { store, copyTo, paused } }) =>
        fact(
          id,
          `${words}, to ${store}${copyTo === undefined ? '' : `, then copied to ${copyTo}`}${paused === true ? ' (PAUSED)' : ''}`,
        ),
      ),
    ...fact('newest full', newestFull === undefined ? 'none that is good yet' : named(newestFull)),
    ...(newestDifferential === undefined ? [] : fact('newer still', named(newestDifferential))),
  ];
}

/** Its name, and every place where it lies. */
function named({ path, store, copies = [] }: Backup): string {
  const places = [{ path, store }, ...copies].map((at) => at.store ?? dirname(at.path));
  return `${basename(path)} in ${places.join(' and ')}`;
}

function storeWords({ path, state, removable, lastSeenMs, backups, bytes }: Store): string {
  const kind = removable === true ? 'a drive that is taken away, ' : '';
  const seen = lastSeenMs === undefined ? '' : `, last seen ${wordMinute(lastSeenMs)}`;
  const now = state === 'online' ? '' : `, ${state} when this was printed${seen}`;
  return `${path} (${kind}${backups === 1 ? '1 backup' : `${backups} backups`}, ${wordBytes(bytes)}${now})`;
}

function andMore(count: number): readonly string[] {
  return count > shown ? paragraph(`and ${count - shown} more; see the configuration`) : [];
}

export function whichKey({ key, identityPath }: RunbookFacts): readonly string[] {
  const { recoveryKey, own, provenAtMs, writeOnly, problem } = key;
  const head = heading('Which key opens them');
  if (recoveryKey === undefined) {
    return [
      ...head,
      ...paragraph('None: they are not encrypted. Who has the files can read them.'),
    ];
  }
  const proven =
    provenAtMs === undefined ? 'never proven here' : `last proven ${wordMinute(provenAtMs)}`;
  return [
    ...head,
    ...fact('recovery key', `${recoveryKey} (${proven})`),
    ...paragraph(
      'This is its public half. The secret half, AGE-SECRET-KEY-1..., is not on this server: it should lie in a safe place elsewhere, on paper or in a password store. Write here where: ______________________________',
    ),
    ...(own === undefined || writeOnly
      ? []
      : fact('own key', `${identityPath} on this server opens them too, while there is one`)),
    ...(problem === undefined ? [] : fact('problem', problem)),
  ];
}

export function proofsSoFar(facts: RunbookFacts): readonly string[] {
  const { lastProven, lastVerifiedMs, newestFull } = facts;
  const { proven } = lastProven ?? {};
  const drill =
    lastProven === undefined || proven === undefined
      ? 'none has passed yet: kedge drill latest'
      : `${wordMinute(proven.atMs)}, ${basename(lastProven.path)}, restored and checked in ${Math.ceil(proven.seconds)} s`;
  return [
    ...heading('Proofs so far'),
    ...fact('taken', newestFull === undefined ? 'never' : wordMinute(newestFull.capturedAtMs)),
    ...fact('verified', lastVerifiedMs === undefined ? 'never' : wordMinute(lastVerifiedMs)),
    ...fact('last drill', drill),
  ];
}

import { readJournal } from '../journal/journal.ts';
import { isGuarded } from './guard.ts';
import { findUnfinishedJournals } from './recover.ts';
import { RestoreRecord } from './restore-record.ts';

/**
 * Why nothing may be exchanged now: the recovery of an earlier restore, undo or part is still to come. It may go back over
 * whatever is exchanged until then, start services on it, and take away the guard of the later one.
 */
export async function whyUnsettled(stateFolder: string): Promise<string | undefined> {
  const before = 'an earlier restore has not been settled yet';
  for (const path of findUnfinishedJournals(stateFolder)) {
    // What can't be read is never acted upon either.
    const [begin] = await readJournal(path, RestoreRecord).catch(() => []);
    if (begin?.kind !== 'begin') continue;
    const list = '"kedge recovery list" says what it waits for';
    const giveUp = `"kedge recovery give-up ${begin.job}" settles it without a server that is gone`;
    return `${before}: "${begin.title}" (job ${begin.job}); ${list}, ${giveUp}`;
  }
  return isGuarded(stateFolder) ? before : undefined;
}

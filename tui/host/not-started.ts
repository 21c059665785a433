import { exitCodeOf, KedgeError } from '../../protocol/failures.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import type { StartedKedge } from './start-kedge.ts';

/** Why a daemon that was started does not answer: it ended, or (`ended` undefined) its time is over. */
export function notStarted(
  { logPath, stateFolder, complaint }: StartedKedge,
  ended: { readonly exitCode: number | null } | undefined,
  timeoutMs: number,
): KedgeError {
  const said = complaint();
  const full = new KedgeError('own-folder-full', { path: stateFolder });
  // On a full disk it can say nothing.
  if (said === '' && ended?.exitCode === exitCodeOf(full.failure)) return full;
  const why = said === '' ? wordEnd(ended, timeoutMs) : said;
  return new KedgeError('kedge-not-started', { why, log: logPath });
}

function wordEnd(ended: object | undefined, timeoutMs: number): string {
  return ended === undefined ? cliTexts.notReady(timeoutMs / 1000) : cliTexts.endedAtOnce;
}

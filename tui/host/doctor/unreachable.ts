import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import type { Failure } from '../../../protocol/failures.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { quoteForShell } from '../../texts/quote-for-shell.ts';
import { doctorTexts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Place } from '../places.ts';

export interface Unreachable {
  readonly place: Place;
  /** The socket was named: its Kedge may be another one than this user's. */
  readonly isNamed: boolean;
  readonly failure: Failure;
}

const area = 'kedge';
const words = doctorTexts.unreachable;
const run = promisify(execFile);
const answerMs = 5_000;
/** As the daemon has it. */
const littleBytes = 16 * 1024 * 1024;

/** What can be seen of a Kedge that does not answer. */
export async function unreachableFindings(
  { place, isNamed, failure }: Unreachable,
  signal: AbortSignal,
): Promise<readonly DoctorFinding[]> {
  const unit = await serviceState(signal);
  const text = wordFailure(failure).message;
  const closed = await isClosed(place.socket);
  const told = { area, thing: place.socket, text, why: words.why } as const;
  const start = unit === undefined ? words.byHand : words.unit;
  const first: DoctorFinding = closed
    ? { ...told, tone: 'bad', cure: words.closed, command: 'sudo kedge doctor' }
    : { ...told, tone: 'bad', ...start };
  if (isNamed) return [first];
  // The one of systemd has its log and its records elsewhere.
  if (unit !== undefined) return [first, unitFinding(unit)];
  return [first, ...(await lastWords(place)), ...(await stateFolder(place))];
}

/** It is there, and not for this user. */
export async function isClosed(socket: string): Promise<boolean> {
  return await access(socket, constants.R_OK | constants.W_OK).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES',
  );
}

/** What systemd says of the unit that an installation makes; undefined: there is none. */
export async function serviceState(signal: AbortSignal): Promise<string | undefined> {
  const args = ['show', '--property=LoadState,ActiveState,Result', 'kedge.service'];
  const asked = run('systemctl', ['--no-pager', ...args], { timeout: answerMs, signal });
  const answer = await asked.then(({ stdout }) => stdout).catch(() => '');
  const shown = (name: string): string => new RegExp(`^${name}=(.*)$`, 'm').exec(answer)?.[1] ?? '';
  return shown('LoadState') === 'loaded'
    ? `${shown('ActiveState')}, ${shown('Result')}`
    : undefined;
}

function unitFinding(state: string): DoctorFinding {
  const { thing, cure, command } = words.unitSays;
  return { area, tone: 'advice', thing, text: state, cure, command };
}

async function lastWords({ state }: Place): Promise<readonly DoctorFinding[]> {
  const path = join(state, 'daemon.log');
  const text = await readFile(path, 'utf8').catch(() => '');
  const last = text.trimEnd().split('\n').at(-1) ?? '';
  if (last === '') return [];
  const command = `tail -n 50 ${quoteForShell(path)}`;
  return [
    { area, tone: 'advice', thing: path, text: words.lastWords(last), cure: words.read, command },
  ];
}

async function stateFolder({ state }: Place): Promise<readonly DoctorFinding[]> {
  const found = await access(state, constants.R_OK | constants.W_OK).then(
    () => 'ok',
    (error: NodeJS.ErrnoException) => error.code ?? '',
  );
  const at = { area: 'permissions', thing: state } as const;
  if (found === 'ENOENT') return [{ ...at, tone: 'ok', text: words.noState }];
  if (found !== 'ok') {
    const command = `ls -ld ${quoteForShell(state)}`;
    return [{ ...at, tone: 'bad', text: words.closedState, why: words.stateWhy, command }];
  }
  const { bavail, bsize } = await statfs(state);
  const free = bavail * bsize;
  if (free >= littleBytes) return [{ ...at, tone: 'ok', text: words.openState }];
  const text = words.fullState(formatBytes(free));
  const command = `df -h ${quoteForShell(state)}`;
  return [{ area: 'space', thing: state, tone: 'bad', text, why: words.stateWhy, command }];
}

import { KedgeError } from '../../../protocol/failures.ts';
import { cliTexts } from '../../texts/english/cli-texts.ts';
import type { Server } from './server.ts';
import { sshLine } from './ssh-command.ts';

/** How an ssh came to its end. `stderr`: the last that it, or the relay there, said. */
export interface SshEnd {
  readonly exitCode: number | null;
  readonly stderr: string;
}

/** ssh's own faults end it with this; everything else is the status of the command there. */
const sshOwnFault = 255;
const words = cliTexts.ssh;

/** What went wrong, in words that help; of ssh itself, or of the relay there. */
export function sshFailure(server: Server, { exitCode, stderr }: SshEnd): KedgeError {
  const { name } = server;
  if (exitCode === sshOwnFault || exitCode === null) {
    const cause = lastLine(stderr) ?? words.ended;
    return new KedgeError('ssh-failed', { server: name, cause, command: sshLine(server) });
  }
  const missing = exitCode === 127 || exitCode === 126;
  const told = saidByKedge(stderr) ?? lastLine(stderr) ?? words.endedWith(exitCode);
  const cause = missing ? words.noKedge(server.remoteKedge ?? 'kedge', told) : told;
  return new KedgeError('server-unreachable', { server: name, cause });
}

function lastLine(stderr: string): string | undefined {
  return stderr
    .split('\n')
    .map((line) => line.trim())
    .findLast((line) => line !== '');
}

/** The relay says what is wrong and then what to do; the first is the cause. */
function saidByKedge(stderr: string): string | undefined {
  return /^kedge: (.+)$/m.exec(stderr)?.[1]?.trim();
}

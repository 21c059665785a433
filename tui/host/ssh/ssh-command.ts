import { quoteForShell } from '../../texts/quote-for-shell.ts';
import type { Server } from './server.ts';

/** How a connection is tried. `questions`: ssh may ask on the terminal; else it fails where it would have to. */
export interface SshManner {
  readonly questions: boolean;
  /** Where the user's own configuration does not say how a dead line is noticed. */
  readonly keepAlive: boolean;
}

/**
 * Words after `ssh`: its own options, `--`, the server and the relay there. -T, as a terminal there would change
 * bytes. All else is as the user has configured it.
 */
export function sshArguments(server: Server, manner: SshManner): readonly string[] {
  const quiet = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=15'];
  const alive = ['-o', 'ServerAliveInterval=15', '-o', 'ServerAliveCountMax=3'];
  return [
    '-T',
    ...(manner.questions ? [] : quiet),
    ...ownOptions(server),
    // The first that names an option wins: what the user gave stands before it.
    ...(manner.keepAlive ? alive : []),
    '--',
    server.destination,
    remoteCommand(server),
  ];
}

/** For `ssh -G`, which prints what holds for a server and connects to nothing. */
export function shownOptions(server: Server): readonly string[] {
  return ['-G', ...ownOptions(server), '--', server.destination];
}

/** A line to try in a shell, which does the same up to the relay. */
export function sshLine({ destination, port }: Server): string {
  const words = ['ssh', ...(port === undefined ? [] : ['-p', String(port)]), destination];
  return words.map(quoteForShell).join(' ');
}

function ownOptions({ port, sshOptions = [] }: Server): readonly string[] {
  return [
    ...(port === undefined ? [] : ['-p', String(port)]),
    ...sshOptions.flatMap((option) => ['-o', option]),
  ];
}

function remoteCommand({ remoteKedge = 'kedge', socket }: Server): string {
  const at = socket === undefined ? '' : ` --socket ${quoteForShell(socket)}`;
  return `${remoteKedge} relay${at}`;
}

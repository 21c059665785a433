import { type FailureWords, words as w } from './failure-words.ts';

/** What fails on the way to the Kedge of another machine. */
export const serverFailures = {
  'ssh-failed': w(4, 'cannot reach "{server}" by ssh: {cause}', 'Try it in a shell: {command}'),
  'server-unreachable': w(
    4,
    'Kedge on "{server}" is not reachable: {cause}',
    'Start it there ("systemctl start kedge"), or say where it is with --remote-kedge and --socket.',
  ),
  'server-list-invalid': w(
    2,
    'the list of servers "{path}" is not valid: {problem}',
    'Put it right in an editor; "kedge server list" says whether it is.',
  ),
} as const satisfies Record<string, FailureWords>;

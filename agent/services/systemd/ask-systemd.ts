import { userInfo } from 'node:os';
import { KedgeError } from '../../../protocol/failures.ts';
import { polkitRule } from './polkit-rule.ts';
import { runTool, type ToolEnd } from './run-tool.ts';
import { showProperties } from './unit-facts.ts';

type Verb = 'start' | 'stop' | 'restart' | 'kill' | 'interrupt' | 'reset-failed';

/** `--kill-who` is what all versions know; `--kill-whom` came with 252. */
const toMain = ['--kill-who=main', '--signal=SIGINT'];

/** A request to systemd. Returns when it is accepted; a refusal is worded as a failure. */
export async function askSystemd(
  service: string,
  verb: Verb,
  units: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (units.length === 0) return;
  const [command, options] = commandOf(verb);
  // A wait for the job would last as long as the unit's own deadlines, up to an hour.
  const args = ['--no-block', '--no-ask-password', ...options, command, '--', ...units];
  const end = await runTool('systemctl', args, signal);
  // systemd keeps nothing of a unit that is down and that nobody needs: there is nothing to forget either.
  const nothingToForget = verb === 'reset-failed' && end.stderr.includes('not loaded');
  if (end.code !== 0 && !nothingToForget)
    throw await wordRefusal(service, command, units, end, signal);
}

function commandOf(verb: Verb): readonly [string, readonly string[]] {
  if (verb === 'kill') return ['kill', ['--signal=SIGKILL']];
  return verb === 'interrupt' ? ['kill', toMain] : [verb, []];
}

async function wordRefusal(
  service: string,
  verb: string,
  units: readonly string[],
  { stderr }: ToolEnd,
  signal: AbortSignal,
): Promise<KedgeError> {
  const unit = units.join(' ');
  const why = stderr.trim().split('\n')[0] ?? '';
  const polkit = /polkit|PolicyKit/i.test(why);
  const denied = /Access denied|Interactive authentication required|Permission denied/i.test(why);
  if (polkit || (denied && !(await polkitAnswers(signal))))
    return new KedgeError('service-polkit-down', { service, why });
  if (!denied) return new KedgeError('service-manager-refused', { service, verb, unit, why });
  const user = userName();
  return new KedgeError('service-denied', {
    service,
    verb,
    unit,
    user,
    rule: polkitRule(user, units),
  });
}

/** Without it systemd denies all that is not asked by root. A question starts it where it can be started. */
async function polkitAnswers(signal: AbortSignal): Promise<boolean> {
  const shown = await showProperties(['polkit.service'], ['ActiveState'], signal);
  return shown.get('polkit.service')?.get('ActiveState') === 'active';
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A number without a name in this container.
    return String(process.getuid?.() ?? '');
  }
}

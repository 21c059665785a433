import type { OwnerRule, RecoverOrder } from '../../../protocol/domain/recover.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { recoverTexts } from '../../texts/english/recover-texts.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { absolutePath, flagOf, listOf, textOf } from '../read-arguments.ts';
import { readMoment } from '../restore/read-moment.ts';

/** What the words of the command line ask for. */
export function recoverOrder(
  args: Arguments,
  { now, note }: Pick<CommandContext, 'now' | 'note'>,
): RecoverOrder {
  const at = textOf(args, 'at');
  return {
    paths: listOf(args, 'archive').map(absolutePath),
    maps: listOf(args, 'map').map(mapFrom),
    owners: listOf(args, 'owner').map(ownerFrom),
    otherOwners: textOf(args, 'owners') === 'me' ? 'me' : 'keep',
    destinations: listOf(args, 'destination').map(destinationFrom),
    ...(at === undefined ? {} : { atMs: readMoment(at, now(), note) }),
    replace: flagOf(args, 'replace'),
  };
}

function mapFrom(text: string): RecoverOrder['maps'][number] {
  const [from, to] = halves(text, '--map', recoverTexts.badMap);
  if (!from.startsWith('/')) throw refused('--map', text, recoverTexts.badMap);
  return { from: absolutePath(from), to: absolutePath(to) };
}

/** `clinic=app`, `1001=2001`; of groups `:clinic=:app`. */
function ownerFrom(text: string): OwnerRule {
  const [from, to] = halves(text, '--owner', recoverTexts.badOwner);
  const isGroup = from.startsWith(':');
  const names = [from, to].map((name) => name.replace(/^:/, ''));
  const [before = '', after = ''] = names;
  if (isGroup !== to.startsWith(':') || before === '' || after === '')
    throw refused('--owner', text, recoverTexts.badOwner);
  return { kind: isGroup ? 'group' : 'user', from: before, to: after };
}

function destinationFrom(text: string): RecoverOrder['destinations'][number] {
  const [id, folder] = halves(text, '--destination', recoverTexts.badDestination);
  return { id, folder: absolutePath(folder) };
}

function halves(text: string, what: string, problem: string): readonly [string, string] {
  const at = text.indexOf('=');
  const [from, to] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || from === '' || to === '') throw refused(what, text, problem);
  return [from, to];
}

function refused(what: string, text: string, problem: string): KedgeError {
  return new KedgeError('bad-argument', { what: `${what} "${text}"`, problem });
}

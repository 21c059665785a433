import type { RecoverOrder, RecoverPlan } from '../../../protocol/domain/recover.ts';
import { recoverTexts } from '../../texts/english/recover-texts.ts';
import type { Arguments, CommandContext } from '../command.ts';
import { absolutePath, listOf } from '../read-arguments.ts';

/**
 * Asks where things go that no option has placed, the place of before offered; undefined: nobody can answer, or all
 * stays as it was planned.
 */
export async function askedOrder(
  context: CommandContext,
  args: Arguments,
  plan: RecoverPlan,
): Promise<RecoverOrder | undefined> {
  const maps = listOf(args, 'map').length > 0 ? [] : await askedMaps(context, plan);
  const destinations = await askedDestinations(context, plan);
  if (maps.length + destinations.length === 0) return undefined;
  const { order } = plan;
  return {
    ...order,
    maps: [...order.maps, ...maps],
    destinations: [...order.destinations, ...destinations],
  };
}

async function askedMaps(
  { ask }: CommandContext,
  { sources }: RecoverPlan,
): Promise<RecoverOrder['maps']> {
  const maps: RecoverOrder['maps'][number][] = [];
  for (const from of placesToAsk(sources.flatMap((source) => source.from))) {
    const answer = await ask(recoverTexts.ask.place(from));
    if (answer === undefined) return maps;
    const to = answer.trim() === '' ? from : absolutePath(answer.trim());
    if (to !== from) maps.push({ from, to });
  }
  return maps;
}

/** The folder that all of it lies in, as programs and other words of services lie there too; else each by itself. */
function placesToAsk(paths: readonly string[]): readonly string[] {
  const [first = '', ...others] = paths;
  const parts = first.split('/').slice(0, -1);
  while (others.some((path) => !path.startsWith(`${parts.join('/')}/`))) parts.pop();
  // "/srv" is the machine's, "/srv/clinic" the application's.
  return parts.length > 2 ? [parts.join('/')] : paths;
}

async function askedDestinations(
  { ask }: CommandContext,
  { stores }: RecoverPlan,
): Promise<RecoverOrder['destinations']> {
  const destinations: RecoverOrder['destinations'][number][] = [];
  for (const { id, to } of stores.filter(({ standing }) => standing === 'missing')) {
    const answer = (await ask(recoverTexts.ask.store(id, to)))?.trim() ?? '';
    if (answer !== '') destinations.push({ id, folder: absolutePath(answer) });
  }
  return destinations;
}

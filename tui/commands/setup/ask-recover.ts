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
  for (const { source, from } of sources) {
    for (const path of from) {
      const answer = await ask(recoverTexts.ask.place(source, path));
      if (answer === undefined) return maps;
      const to = answer.trim() === '' ? path : absolutePath(answer.trim());
      if (to !== path) maps.push({ from: path, to });
    }
  }
  return maps;
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

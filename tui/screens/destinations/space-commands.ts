import * as z from 'zod';
import type { SpaceOffer } from '../../../protocol/domain/space.ts';
import { spaceRead } from '../../../protocol/methods/space.ts';
import type { CommandOutcome } from '../../commands/command.ts';
import { findCommand } from '../../commands/registry.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { spaceTexts, texts } from '../../texts/texts.ts';
import { textState } from '../../widgets/text-edit.ts';
import type { Bench, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { offerKey, offerList, offersOf } from './space-page.ts';

const words = spaceTexts;
const category = texts.workbench.views.destinations;
const Offer = z.object({ offer: z.string(), agreed: z.literal(true).optional() });

/** The page of free space: opening it, doing what it offers. */
export const spaceCommands: readonly UiCommand[] = [
  {
    id: 'destinations.space',
    title: words.page,
    category,
    run(bench) {
      openPage(bench, 'destinations', { kind: 'space' }, offerList);
      loadSpace(bench);
    },
  },
  {
    id: 'destinations.take-offer',
    title: words.take,
    category,
    internal: true,
    run(bench, args) {
      const { offer: key, agreed } = Offer.parse(args);
      const read = bench.model().ui.data.space;
      const all = read?.kind === 'ready' ? offersOf(read.value) : [];
      // What was read anew meanwhile may offer other things, in another order.
      const offer = all.find((one) => offerKey(one) === key);
      if (offer === undefined) return bench.notify('warning', words.gone);
      // Those that ask by themselves ask in their own words.
      const asks = findCommand(offer.command)?.danger !== 'none';
      if (asks || agreed === true) take(bench, offer);
      else agree(bench, offer);
    },
  },
];

/** What a command took or moved is not there any more. */
export function spaceChanged(bench: Bench, outcome: CommandOutcome): void {
  if (outcome.kind === 'data' && isOpen(bench)) loadSpace(bench);
}

export function loadSpaceIfOpen(bench: Bench): void {
  if (isOpen(bench)) loadSpace(bench);
}

function isOpen(bench: Bench): boolean {
  return bench.model().ui.pages.destinations?.kind === 'space';
}

function loadSpace(bench: Bench): void {
  bench.load('space', 'all', async () => {
    const { places } = await bench.session.call(spaceRead, {});
    return places;
  });
}

function agree(bench: Bench, offer: SpaceOffer): void {
  const { text, bytes, cost } = offer;
  bench.ask({
    title: words.title,
    body: [text, words.gives(formatBytes(bytes)), words.cost(cost)],
    tone: 'warning',
    buttons: [
      { label: words.cancel },
      {
        label: words.doIt,
        action: {
          command: 'destinations.take-offer',
          args: { offer: offerKey(offer), agreed: true },
        },
      },
    ],
  });
}

/** Where to is asked, where no drive is known. */
function take(bench: Bench, { command, args }: SpaceOffer): void {
  if (command !== 'backup.move' || args['to'] !== undefined) {
    bench.run({ command, args });
    return;
  }
  bench.updateUi((ui) => ({
    ...ui,
    overlay: {
      kind: 'picker',
      mode: { kind: 'argument', command, args, asks: 'to' },
      field: textState(''),
      place: { selected: 0, top: 0 },
    },
  }));
}

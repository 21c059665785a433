import { retentionPreview, trashList } from '../../../protocol/methods/retention.ts';
import type { CommandOutcome } from '../../commands/command.ts';
import { nameOf } from '../../commands/report/retention-lines.ts';
import { texts, retentionTexts as words } from '../../texts/texts.ts';
import type { Bench, Model, UiCommand } from '../bench.ts';
import { orderForAll } from '../chosen-rows.ts';
import { openPage } from '../navigate.ts';
import { retentionList } from './retention-page.ts';
import { chosenTrashed, meantIn, trashListId } from './trash-page.ts';

const category = texts.workbench.views.destinations;

/** The pages of what stays and goes, and of the trash. */
export const retentionCommands: readonly UiCommand[] = [
  {
    id: 'destinations.retention',
    title: words.pages.retention,
    category,
    run(bench) {
      openPage(bench, 'destinations', { kind: 'retention' }, retentionList);
      loadIfOpen(bench);
    },
  },
  {
    id: 'destinations.trash',
    title: words.pages.trash,
    category,
    run(bench) {
      openPage(bench, 'destinations', { kind: 'trash' }, trashListId);
      loadIfOpen(bench);
    },
  },
  {
    id: 'destinations.empty-trash',
    title: words.pages.empty,
    category,
    internal: true,
    disabledReason: emptyTrash,
    run: (bench) => bench.run({ command: 'trash.empty', args: {} }),
  },
  {
    id: 'destinations.erase',
    title: words.pages.erase,
    category,
    internal: true,
    disabledReason: emptyTrash,
    run(bench) {
      const model = bench.model();
      const meant = meantIn(model);
      orderForAll(bench, chosenTrashed(model), {
        title: words.pages.erase,
        nameOf,
        confirmation: nameOf,
        action: (one) => ({ command: 'trash.empty', args: { backup: meant(one) } }),
      });
    },
  },
];

function emptyTrash({ ui }: Model): string | undefined {
  const { trash } = ui.data;
  return trash?.kind === 'ready' && trash.value.length === 0 ? words.emptyTrash : undefined;
}

/** Reads again what the page in front shows. */
export function loadIfOpen(bench: Bench): void {
  const { session } = bench;
  switch (bench.model().ui.pages.destinations?.kind) {
    case 'retention':
      bench.load(
        'retentionNow',
        'all',
        async () => (await session.call(retentionPreview, {})).lines,
      );
      break;
    case 'trash':
      bench.load('trash', 'all', async () => (await session.call(trashList, {})).trashed);
      break;
    default:
  }
}

/** What a command took, brought back or removed is not where it was. */
export function retentionChanged(bench: Bench, outcome: CommandOutcome): void {
  if (outcome.kind === 'data') loadIfOpen(bench);
}

import { auditList } from '../../../protocol/methods/audit.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { mayAsk, roleOf } from '../../store/role-of.ts';
import { peopleTexts, texts } from '../../texts/texts.ts';
import type { Bench, Model, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { auditListId } from './audit-page.ts';

const words = peopleTexts.audit.page;
const category = texts.workbench.views.settings;
/** Asked for at once. */
const pageEntries = 200;

export const auditCommands: readonly UiCommand[] = [
  {
    id: 'settings.audit',
    title: words.command,
    category,
    disabledReason: ({ state }) =>
      mayAsk(state, auditList)
        ? undefined
        : peopleTexts.needs(peopleTexts.roles[auditList.least], peopleTexts.roles[roleOf(state)]),
    run(bench) {
      openPage(bench, 'settings', { kind: 'audit' }, auditListId);
      load(bench, []);
    },
  },
  {
    id: 'settings.audit-older',
    title: words.older,
    category,
    internal: true,
    run(bench) {
      const read = readOf(bench.model());
      if (read?.more !== true) return bench.notify('muted', words.noOlder);
      load(bench, read.entries);
    },
  },
];

const onPage = 'page == audit';

export const auditBindings: readonly Keybinding[] = [
  { key: 'u', command: 'settings.audit', when: 'page == none', hint: words.hints.audit },
  { key: 'o', command: 'settings.audit-older', when: onPage, hint: words.hints.older },
  { key: 'r', command: 'settings.audit', when: onPage, hint: words.hints.again },
  { key: 'esc', command: 'back', when: onPage, hint: words.hints.back },
];

type Read = NonNullable<ReturnType<typeof readOf>>;

function readOf({ ui }: Model) {
  const { audit } = ui.data;
  return audit?.kind === 'ready' ? audit.value : undefined;
}

/** What is older than those, behind them. */
function load(bench: Bench, before: Read['entries']): void {
  const last = before.at(-1)?.id;
  const page = { limit: pageEntries, ...(last === undefined ? {} : { before: last }) };
  bench.load('audit', 'all', async () => {
    const { entries, more } = await bench.session.call(auditList, page);
    return { entries: [...before, ...entries], more };
  });
}

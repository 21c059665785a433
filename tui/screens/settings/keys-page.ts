import { keyStatus } from '../../../protocol/methods/key.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import { keyTexts, texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model, UiCommand } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { labelled, paragraph } from '../page-lines.ts';

const words = texts.forms;
const pageId = 'settings.keys-page';

export const keysCommands: readonly UiCommand[] = [
  {
    id: 'settings.keys',
    title: words.commands.keys,
    category: texts.workbench.views.settings,
    run(bench) {
      openPage(bench, 'settings', { kind: 'keys' }, pageId);
      bench.load('keyStatus', 'all', () => bench.session.call(keyStatus, {}));
    },
  },
];

export const keysBindings: readonly Keybinding[] = [
  { key: 'k', command: 'settings.keys', when: 'page == none', hint: words.hints.keys },
  { key: 'esc', command: 'back', when: 'page == keys', hint: words.hints.back },
];

/** How encryption stands; what has to do with secrets is done in a shell. */
export function keysPage(model: Model): readonly Section[] {
  const { title, create, check } = words.keysPage;
  const copy = (id: string, label: string, text: string) => ({
    id,
    label,
    action: { command: 'copy', args: { text } },
  });
  return [
    { kind: 'lines', lines: [line(` ${title}`, 'heading'), emptyLine] },
    {
      kind: 'page',
      id: pageId,
      min: 4,
      lines: (width) => statusLines(model, width - 2).map((one): Line => [span(' '), ...one]),
    },
    {
      kind: 'buttons',
      buttons: [
        copy('settings.key-create', create, 'kedge key create'),
        copy('settings.key-check', check, 'kedge key check'),
      ],
    },
  ];
}

function statusLines({ ui }: Model, cells: number): readonly Line[] {
  const read = ui.data.keyStatus;
  if (read === undefined || read.kind === 'loading')
    return [line(texts.workbench.loading, 'muted')];
  if (read.kind === 'failed') return paragraph(wordFailure(read.failure).message, cells, 'error');
  return [
    ...keyTexts
      .status(read.value)
      .flatMap(([label, value]) => (value === undefined ? [] : labelled(label, value, cells))),
    emptyLine,
    ...paragraph(words.keysPage.why, cells, 'muted'),
  ];
}

import type { Store } from '../../../protocol/domain/snapshot.ts';
import { roleOf } from '../../store/role-of.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { longestWord } from '../../texts/longest-word.ts';
import { wordMoment } from '../../texts/moment.ts';
import { retentionTexts, spaceTexts, texts } from '../../texts/texts.ts';
import { type BuiltList, buildList } from '../../widgets/build-list.ts';
import { emptyLine, type Line, type Span, span } from '../../widgets/line.ts';
import { progressBar } from '../../widgets/progress-bar.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model, Screen } from '../bench.ts';
import { commandCopies, selectedIn } from '../chosen-rows.ts';
import { loadSpaceHistory } from '../overview/growth-plot.ts';
import { labelled, labelOf, paragraph } from '../page-lines.ts';
import { emptyOr } from '../welcome.ts';
import { forecastLines } from './forecast-plot.ts';
import { loadIfOpen, retentionChanged, retentionCommands } from './retention-commands.ts';
import { retentionPage } from './retention-page.ts';
import { loadSpaceIfOpen, spaceChanged, spaceCommands } from './space-commands.ts';
import { offerList, spacePage } from './space-page.ts';
import { trashPage } from './trash-page.ts';

const words = texts.destinations;
const goWords = retentionTexts;

const storeListId = 'destinations.list';
const onList = 'page == none';
const onSpace = 'page == space';
const onRetention = 'page == retention';
const onTrash = 'page == trash';
const inOffers = `region == ${offerList}`;

export const destinationsScreen: Screen = {
  id: 'destinations',
  title: texts.workbench.views.destinations,
  sections: destinationSections,
  commands: [...spaceCommands, ...retentionCommands],
  bindings: [
    { key: 'b', command: 'back-up.form', when: onList, hint: words.hints.backUp },
    { key: 's', command: 'destinations.space', when: onList, hint: spaceTexts.hints.space },
    { key: 'g', command: 'destinations.retention', when: onList, hint: goWords.hints.retention },
    { key: 't', command: 'destinations.trash', when: onList, hint: goWords.hints.trash },
    { key: 'e', command: 'config.edit', when: onList, hint: words.hints.edit },
    { key: 'enter', command: 'open', when: inOffers, hint: spaceTexts.hints.take },
    { key: 's', command: 'destinations.space', when: onSpace, hint: spaceTexts.hints.again },
    { key: 'esc', command: 'back', when: onSpace, hint: spaceTexts.hints.back },
    { key: 'enter', command: 'open', when: onRetention, hint: goWords.hints.show },
    { key: 'x', command: 'retention.run', when: onRetention, hint: goWords.hints.run },
    { key: 't', command: 'destinations.trash', when: onRetention, hint: goWords.hints.trash },
    { key: 'esc', command: 'back', when: onRetention, hint: goWords.hints.back },
    { key: 'enter', command: 'open', when: onTrash, hint: goWords.hints.bringBack },
    { key: 'd', command: 'destinations.erase', when: onTrash, hint: goWords.hints.erase },
    { key: 'x', command: 'destinations.empty-trash', when: onTrash, hint: goWords.hints.empty },
    { key: 'esc', command: 'back', when: onTrash, hint: goWords.hints.back },
  ],
  onShow: (bench) => {
    loadSpaceHistory(bench);
    loadSpaceIfOpen(bench);
    loadIfOpen(bench);
  },
  onOutcome: (bench, _command, outcome) => {
    spaceChanged(bench, outcome);
    retentionChanged(bench, outcome);
  },
};

function destinationSections(model: Model): readonly Section[] {
  switch (model.ui.pages.destinations?.kind) {
    case 'space':
      return spacePage(model);
    case 'retention':
      return retentionPage(model);
    case 'trash':
      return trashPage(model);
    default:
      return storeSections(model);
  }
}

function storeSections(model: Model): readonly Section[] {
  const list = storeList(model);
  const store = selectedIn(model, list);
  return [
    list,
    { kind: 'lines', lines: [emptyLine, ...detailLines(store, model)], drop: 1 },
    { kind: 'lines', lines: forecastLines(store, model), drop: 2 },
  ];
}

function storeList(model: Model): BuiltList<Store> {
  const { columns } = words;
  return buildList(model, {
    id: storeListId,
    rows: model.state.snapshot?.stores ?? [],
    columns: [
      { id: 'name', title: columns.name, width: 12, cell: ({ id }) => span(id, 'strong') },
      {
        id: 'state',
        title: columns.state,
        width: longestWord(texts.states.stores, 8),
        cell: ({ state }) => span(texts.states.stores[state], tones[state]),
      },
      {
        id: 'backups',
        title: columns.backups,
        width: 8,
        align: 'right',
        cell: ({ backups }) => String(backups),
        sortBy: ({ backups }) => backups,
      },
      {
        id: 'taken',
        title: columns.taken,
        width: 9,
        align: 'right',
        drop: 1,
        cell: ({ bytes }) => formatBytes(bytes),
        sortBy: ({ bytes }) => bytes,
      },
      {
        id: 'free',
        title: columns.free,
        width: 9,
        align: 'right',
        cell: ({ freeBytes }) => (freeBytes === undefined ? '' : formatBytes(freeBytes)),
        sortBy: ({ freeBytes }) => freeBytes,
      },
      {
        id: 'disk',
        title: columns.disk,
        width: 16,
        drop: 2,
        cell: (store) => diskCell(store, model),
        words: (store) => shareWords(usedShare(store)),
        sortBy: usedShare,
      },
      { id: 'path', title: columns.path, width: 'rest', cell: ({ path }) => path },
      {
        id: 'kind',
        title: words.kind.toUpperCase(),
        width: 8,
        extra: true,
        cell: ({ kind }) => kind,
      },
    ],
    min: 3,
    keyOf: ({ id }) => id,
    empty: emptyOr(model, roleOf(model.state) === 'admin' ? words.empty : words.emptyOther),
    copies: ({ id, path }) => [
      { title: texts.lists.path, text: path },
      ...commandCopies([{ command: 'backup.create', args: { to: id } }]),
    ],
  });
}

function usedShare({ freeBytes, totalBytes }: Store): number | undefined {
  if (freeBytes === undefined || totalBytes === undefined || totalBytes === 0) return undefined;
  return 1 - freeBytes / totalBytes;
}

function diskCell(store: Store, { glyphs }: Model): Span {
  const used = usedShare(store);
  return used === undefined ? span('') : progressBar(used, 16, glyphs);
}

function shareWords(share: number | undefined): string {
  return share === undefined ? '' : `${Math.round(share * 100)} %`;
}

const tones = { online: 'ok', offline: 'error', away: 'muted' } as const;

function detailLines(store: Store | undefined, model: Model): readonly Line[] {
  if (store === undefined) return [];
  const width = model.editorColumns - 4;
  const { freeBytes, totalBytes, why } = store;
  const rows = [
    ...labelled(labelOf(words.columns.path), store.path, width),
    ...labelled(words.kind, store.kind, width),
    ...driveLines(store, width),
    ...(why === undefined ? [] : labelled(words.why, why, width, 'warning')),
    ...(freeBytes === undefined || totalBytes === undefined
      ? []
      : labelled(
          labelOf(words.columns.disk),
          words.space(formatBytes(freeBytes), formatBytes(totalBytes)),
          width,
        )),
    emptyLine,
    ...paragraph(words.marker, width, 'muted'),
  ];
  return rows.map((one): Line => [span('  '), ...one]);
}

/** What is known of a drive that comes and goes. */
function driveLines({ label, lastSeenMs, state }: Store, width: number): readonly Line[] {
  return [
    ...(label === undefined ? [] : labelled(words.label, label, width)),
    ...(lastSeenMs === undefined ? [] : labelled(words.lastSeen, wordMoment(lastSeenMs), width)),
    ...(state === 'away' ? paragraph(words.away, width) : []),
  ];
}

import type { Store } from '../../../protocol/domain/snapshot.ts';
import { formatBytes } from '../../texts/bytes.ts';
import { wordMoment } from '../../texts/moment.ts';
import { retentionTexts, spaceTexts, texts } from '../../texts/texts.ts';
import { emptyLine, type Line, span } from '../../widgets/line.ts';
import { progressBar } from '../../widgets/progress-bar.ts';
import type { Section } from '../../widgets/section.ts';
import { table } from '../../widgets/table.ts';
import type { Model, Screen } from '../bench.ts';
import { labelled, paragraph } from '../page-lines.ts';
import { loadIfOpen, retentionChanged, retentionCommands } from './retention-commands.ts';
import { retentionPage } from './retention-page.ts';
import { loadSpaceIfOpen, spaceChanged, spaceCommands } from './space-commands.ts';
import { offerList, spacePage } from './space-page.ts';
import { trashPage } from './trash-page.ts';

const words = texts.destinations;
const goWords = retentionTexts;

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
    { key: 'x', command: 'trash.empty', when: onTrash, hint: goWords.hints.empty },
    { key: 'esc', command: 'back', when: onTrash, hint: goWords.hints.back },
  ],
  onShow: (bench) => {
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
  const stores = model.state.snapshot?.stores ?? [];
  const columns = table(
    [
      { title: words.columns.name, width: 12 },
      { title: words.columns.state, width: 8 },
      { title: words.columns.backups, width: 8, align: 'right' },
      { title: words.columns.taken, width: 9, align: 'right', drop: 1 },
      { title: words.columns.free, width: 9, align: 'right' },
      { title: words.columns.disk, width: 16, drop: 2 },
      { title: words.columns.path, width: 'rest' },
    ],
    model.glyphs.ellipsis,
  );
  const selected = stores[model.ui.places['destinations.list']?.selected ?? 0] ?? stores[0];
  return [
    {
      kind: 'list',
      id: 'destinations.list',
      header: columns.header,
      count: stores.length,
      min: 3,
      keyOf: (index) => stores[index]?.id ?? '',
      row: (index, width) => {
        const store = stores[index];
        return store === undefined ? [] : columns.row(cells(store, model), width);
      },
      empty: words.empty,
    },
    { kind: 'lines', lines: [emptyLine, ...detailLines(selected, model)], drop: 1 },
  ];
}

const tones = { online: 'ok', offline: 'error', away: 'muted' } as const;

function cells(store: Store, model: Model): Line[number][] {
  const { freeBytes, totalBytes } = store;
  const used =
    freeBytes === undefined || totalBytes === undefined || totalBytes === 0
      ? undefined
      : 1 - freeBytes / totalBytes;
  return [
    span(store.id, 'strong'),
    span(store.state, tones[store.state]),
    span(String(store.backups)),
    span(formatBytes(store.bytes)),
    span(freeBytes === undefined ? '' : formatBytes(freeBytes)),
    used === undefined ? span('') : progressBar(used, 16, model.glyphs),
    span(store.path),
  ];
}

function detailLines(store: Store | undefined, model: Model): readonly Line[] {
  if (store === undefined) return [];
  const width = model.editorColumns - 4;
  const { freeBytes, totalBytes, why } = store;
  const rows = [
    ...labelled(words.columns.path, store.path, width),
    ...labelled(words.kind, store.kind, width),
    ...driveLines(store, width),
    ...(why === undefined ? [] : labelled(words.why, why, width, 'warning')),
    ...(freeBytes === undefined || totalBytes === undefined
      ? []
      : labelled(
          words.columns.disk,
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

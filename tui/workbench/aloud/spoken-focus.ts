import { topicRows } from '../../commands/help/topic-rows.ts';
import { findTopic } from '../../commands/help/topics.ts';
import type { Model } from '../../screens/bench.ts';
import type { DialogState, HelpState } from '../../store/overlay-state.ts';
import type { FieldState } from '../../store/ui-state.ts';
import { texts } from '../../texts/texts.ts';
import { selectedIndex } from '../../widgets/draw-list.ts';
import type { Button, ListSection, Section } from '../../widgets/section.ts';
import { wordWrap } from '../../widgets/word-wrap.ts';
import { argumentQuestion } from '../argument-items.ts';
import { pickerList, pickerWords } from '../draw-picker.ts';
import type { Frame } from '../frame.ts';
import type { PickerItem } from '../picker-item.ts';
import { spokenLine, spokenLines } from './spoken-line.ts';
import { spokenCells, titleOf } from './spoken-sections.ts';
import { type SpokenTail, tailOf } from './spoken-tail.ts';

/** Where the keys go. */
export interface SpokenFocus {
  /** Another id: something else has the focus. */
  readonly id: string;
  /** Said when it gets the focus. */
  readonly intro: readonly string[];
  /** Where in it one stands; said again whenever it changes. */
  readonly at: string;
  /** Of a text that goes on. */
  readonly tail?: SpokenTail;
  /** Of a text that is typed: what stands before it, and itself. */
  readonly typed?: { readonly label: string; readonly field: FieldState };
}

const nowhere: SpokenFocus = { id: '', intro: [], at: '' };

export function spokenFocus(model: Model, frame: Frame): SpokenFocus {
  const { overlay } = model.ui;
  if (overlay?.kind === 'dialog') return dialogFocus(overlay);
  if (overlay?.kind === 'help') return helpFocus(overlay);
  if (overlay !== undefined) {
    const words =
      overlay.kind === 'keys'
        ? texts.workbench.keyHelp
        : pickerWords(overlay, argumentQuestion(overlay));
    return menuFocus(words, overlay.field, frame);
  }
  const section = frame.sections.find((one) => hasRegion(one, frame.region?.id));
  return section === undefined ? nowhere : sectionFocus(section, model, frame);
}

function hasRegion(section: Section, region: string | undefined): boolean {
  if (region === undefined || section.kind === 'lines' || section.kind === 'aside') return false;
  if (section.kind === 'buttons') return section.buttons.some(({ id }) => id === region);
  return section.id === region;
}

function sectionFocus(section: Section, model: Model, frame: Frame): SpokenFocus {
  const words = texts.aloud;
  switch (section.kind) {
    case 'lines':
    case 'aside':
      return nowhere;
    case 'list':
      return listFocus(section, model);
    case 'page': {
      const rows = spokenLines(section.lines(spokenCells));
      const { id } = section;
      if (section.follow !== true) return { id, intro: [words.text(rows.length), ...rows], at: '' };
      const said = rows.slice(-newestRows);
      return { id, intro: [words.text(rows.length), ...said], at: '', tail: tailOf(rows) };
    }
    case 'grid':
      return { id: section.id, intro: [words.month], at: '' };
    case 'field': {
      const note = section.note === undefined ? [] : [spokenLine(section.note)];
      const typed = { label: words.field(section.label), field: section.value };
      return { id: section.id, intro: note, at: '', typed };
    }
    case 'choice': {
      const place = section.options.findIndex(({ value }) => value === section.value);
      const value = section.options[place]?.label ?? section.value;
      const at = words.choice(section.label, value, place + 1, section.options.length);
      return { id: section.id, intro: [], at };
    }
    case 'buttons': {
      const button = section.buttons.find(({ id }) => id === frame.region?.id);
      return button === undefined ? nowhere : buttonFocus(button);
    }
    default:
      return section satisfies never;
  }
}

/** Of a log, which goes on and on. */
const newestRows = 10;

function buttonFocus({ id, label, disabled }: Button): SpokenFocus {
  const { button, disabled: notNow } = texts.aloud;
  return { id, intro: [], at: `${button(label)}${disabled === undefined ? '' : notNow(disabled)}` };
}

function listFocus(list: ListSection, model: Model): SpokenFocus {
  const words = texts.aloud;
  if (list.count === 0) {
    return { id: list.id, intro: [words.emptyList(list.empty.join(' '))], at: '' };
  }
  const selected = selectedIndex(list, model.ui.places[list.id]);
  const header = list.header === undefined ? '' : spokenLine(list.header(spokenCells));
  return {
    id: list.id,
    intro: [
      `${titleOf(list)}${words.list(list.count)}`,
      ...(header === '' ? [] : [words.columns(header)]),
    ],
    at: words.row(selected + 1, list.count, spokenLine(list.row(selected, spokenCells))),
  };
}

function dialogFocus({ title, body, buttons, focus, typed }: DialogState): SpokenFocus {
  const words = texts.aloud;
  const intro = [words.dialog(title), ...body.filter((text) => text !== '')];
  if (focus === -1 && typed !== undefined) {
    const label = `${texts.workbench.dialog.type(typed.expected)} `;
    return { id: `dialog ${title}`, intro, at: '', typed: { label, field: typed.field } };
  }
  const at = words.dialogButton(focus + 1, buttons.length, buttons[focus]?.label ?? '');
  return { id: `dialog ${title}`, intro, at };
}

const readAtOnce = 9;

function helpFocus({ topic: id }: HelpState): SpokenFocus {
  const topic = findTopic(id);
  const rows = topicRows(topic?.body ?? '', spokenCells, wordWrap).map(({ text }) => text);
  return {
    id: `help ${id}`,
    intro: [topic?.title ?? id, ...rows.filter((text) => text.trim() !== '')],
    at: '',
  };
}

/** A numbered menu: the first few choices, and which one Enter takes. */
function menuFocus(
  words: { readonly title: string; readonly empty: string },
  field: FieldState,
  { items, areas }: Frame,
): SpokenFocus {
  const { menu, numbered, more, onItem } = texts.aloud;
  const first = items.slice(0, readAtOnce).map((item, at) => numbered(at + 1, itemWords(item)));
  const rest = items.length > readAtOnce ? [more(items.length - readAtOnce)] : [];
  const chosen = items[areas[pickerList]?.selected ?? 0];
  return {
    id: `menu ${words.title}`,
    intro: [menu(words.title, items.length), ...first, ...rest],
    at: chosen === undefined ? words.empty : onItem(itemWords(chosen)),
    typed: { label: '> ', field },
  };
}

function itemWords({ group, title, detail, disabled }: PickerItem): string {
  const named = group === '' ? title : `${group}: ${title}`;
  const words = detail === '' ? named : `${named}, ${detail}`;
  return disabled === undefined ? words : `${words}, ${texts.aloud.notNow(disabled)}`;
}

import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import type { ConnectionState } from '../../client/client.ts';
import { wordKey } from '../../keys/keybinding.ts';
import type { Model } from '../../screens/bench.ts';
import type { Toast } from '../../store/ui-state.ts';
import { texts } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Frame } from '../frame.ts';
import { type SpokenFocus, spokenFocus } from './spoken-focus.ts';
import { spokenNews } from './spoken-jobs.ts';
import { spokenOver } from './spoken-over.ts';
import { type SpokenPart, spokenSections } from './spoken-sections.ts';
import { grownBy } from './spoken-tail.ts';
import { withoutNumbers } from './without-numbers.ts';

/** The workbench as somebody knows it who listens. */
export interface Heard {
  /** Screen and page, or the part in front. */
  readonly place: string;
  readonly title: string;
  readonly content: readonly SpokenPart[];
  /** What of the screen has the focus, which is said with it. */
  readonly region: string | undefined;
  readonly focus: SpokenFocus;
  readonly overlay: boolean;
  /** A card of the tour, or what may follow half a chord. */
  readonly over: readonly string[];
  readonly toast: Toast | undefined;
  readonly chord: string | undefined;
  readonly connection: ConnectionState;
  readonly snapshot: Snapshot | undefined;
}

export function hear(model: Model, frame: Frame): Heard {
  const { ui, state } = model;
  const panel = ui.part === 'panel';
  const words = texts.workbench;
  return {
    place: JSON.stringify([panel ? ui.panel.tab : ui.view, panel ? '' : ui.pages[ui.view]?.kind]),
    title: panel
      ? texts.aloud.panel(words.panel[ui.panel.tab])
      : texts.aloud.screen(words.views[ui.view]),
    content: spokenSections(frame.sections),
    region: frame.region?.id,
    focus: spokenFocus(model, frame),
    overlay: ui.overlay !== undefined,
    over: spokenOver(model, frame),
    toast: ui.toast,
    chord: ui.chord,
    connection: state.connection,
    snapshot: state.snapshot,
  };
}

/** Everything, from the top; of what lies over the screen only that. */
export function wholeOf({ title, content, region, focus, overlay }: Heard): readonly string[] {
  if (overlay) return [...focus.intro, ...present(focus.at)];
  const rest = content.filter((part) => part.region === undefined || part.region !== region);
  return [title, ...rest.map(({ text }) => text), ...focus.intro, ...present(focus.at)];
}

/** What has to be said after a change; what was said before is not said again. */
export function newsOf(before: Heard, after: Heard): readonly string[] {
  return [
    ...connectionNews(before, after),
    ...(before.snapshot === undefined || after.snapshot === undefined
      ? []
      : spokenNews(before.snapshot, after.snapshot)),
    ...toastNews(before, after),
    ...placeNews(before, after),
    ...(before.over.join() === after.over.join() ? [] : after.over),
  ];
}

function placeNews(before: Heard, after: Heard): readonly string[] {
  const { focus } = after;
  const arrived = before.place !== after.place || known(before) !== known(after);
  if (arrived && !after.overlay) return wholeOf(after);
  const closed = before.overlay && !after.overlay;
  if (closed) return [texts.aloud.closed, ...focus.intro, ...present(focus.at)];
  const fresh = after.overlay ? [] : newLines(before, after);
  if (before.focus.id !== focus.id) return [...fresh, ...focus.intro, ...present(focus.at)];
  if (before.focus.at !== focus.at && !onlyNumbers(before.focus.at, focus.at)) {
    return [...fresh, ...present(focus.at)];
  }
  return [...fresh, ...grownBy(before.focus.tail, focus.tail)];
}

/** Of a job at work each tenth of its way is told. */
function tellsProgress(text: string, { snapshot }: Heard): boolean {
  if (/^\d+ %$/.test(text)) return true;
  return (snapshot?.jobs ?? []).some(
    (job) => job.state.kind === 'running' && text.includes(job.state.progress.step),
  );
}

const known = ({ snapshot }: Heard): boolean => snapshot !== undefined;

/** Seconds and sizes change all the time: only other words are news. */
function newLines(before: Heard, after: Heard): readonly string[] {
  const said = new Set(before.content.map(({ text }) => withoutNumbers(text)));
  const saidWithFocus = new Set([before.region, after.region]);
  return after.content
    .filter(({ region }) => region === undefined || !saidWithFocus.has(region))
    .map(({ text }) => text)
    .filter((text) => !said.has(withoutNumbers(text)) && !tellsProgress(text, after));
}

/** The same row with other numbers; the number of the row itself counts. */
function onlyNumbers(before: string, after: string): boolean {
  const [placeBefore] = before.split(':', 1);
  const [placeAfter] = after.split(':', 1);
  return placeBefore === placeAfter && withoutNumbers(before) === withoutNumbers(after);
}

function toastNews(before: Heard, { toast, chord }: Heard): readonly string[] {
  const words = texts.workbench;
  return [
    ...(toast === undefined || toast === before.toast
      ? []
      : [`${words.toastWords[toast.tone]}${toast.text}`]),
    ...(chord === undefined || chord === before.chord ? [] : [words.chord(wordKey(chord))]),
  ];
}

function connectionNews(before: Heard, { connection }: Heard): readonly string[] {
  if (before.connection.kind === connection.kind) return [];
  if (connection.kind === 'lost') {
    const { message, hint } = wordFailure(connection.problem);
    return [texts.aloud.lost(message), ...present(hint ?? '')];
  }
  return connection.kind === 'open' && before.connection.kind === 'lost' ? [texts.aloud.back] : [];
}

function present(text: string): readonly string[] {
  return text === '' ? [] : [text];
}

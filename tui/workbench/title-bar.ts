import type { Model } from '../screens/bench.ts';
import { wordAhead, wordNear } from '../texts/moment.ts';
import { serverTexts, texts } from '../texts/texts.ts';
import { type Line, span, spread } from '../widgets/line.ts';
import { peopleSpans } from './people-words.ts';

/** Application and machine at the left; Kedge's state and the next run at the right. */
export function titleBar(model: Model, view: string): Line {
  const { state, columns, glyphs } = model;
  const { snapshot, connection } = state;
  const unknown = snapshot === undefined ? '' : texts.workbench.noApplication;
  const name = snapshot?.application?.name ?? unknown;
  const host = state.backups.newest[0]?.host ?? '';
  const demo = snapshot?.demo === undefined ? '' : ` ${texts.workbench.demo}`;
  const people = peopleSpans(model);
  const left: Line = [
    span(' Kedge ', 'bar-strong'),
    span(name === '' ? '' : ` ${name}`, 'bar-strong'),
    ...(model.ui.readOnly
      ? [span(' ', 'bar'), span(` ${texts.workbench.readOnly.badge} `, 'bar-alert')]
      : []),
    span(demo, 'bar'),
    // Where nothing else names the screen, host and people are cut before it.
    span(columns < 72 ? ` ${glyphs.dot} ${view}` : '', 'bar'),
    span(host === '' ? '' : ` ${glyphs.dot} ${host}`, 'bar'),
    span(state.server === undefined ? '' : ` ${serverTexts.on(state.server)}`, 'bar-strong'),
    ...people,
  ];
  const connected = connection.kind === 'open';
  const right: Line = [
    // In a narrow window there is no room for both; the Overview says it too.
    span(connected && (people.length === 0 || columns >= 100) ? nextRun(model) : '', 'bar'),
    span(
      connected ? ` ${texts.workbench.kedgeOk} ` : ` ${connectionWords(model)} `,
      connected ? 'bar-strong' : 'bar-alert',
    ),
  ];
  return spread(left, right, columns, glyphs.ellipsis, 'bar');
}

/** "Kedge not reachable 12 s, retry in 4 s". */
export function connectionWords(model: Model): string {
  const { connection } = model.state;
  switch (connection.kind) {
    case 'open':
      return texts.workbench.kedgeOk;
    case 'connecting':
      return texts.workbench.connecting;
    case 'lost':
      return texts.workbench.lost(
        Math.max(0, Math.round((model.nowMs - connection.sinceMs) / 1000)),
        Math.max(0, Math.round((connection.retryAtMs - model.nowMs) / 1000)),
      );
    default:
      return connection satisfies never;
  }
}

function nextRun(model: Model): string {
  const runs = (model.state.snapshot?.schedules ?? []).flatMap(({ nextMs }) => nextMs ?? []);
  if (runs.length === 0) return model.columns < 72 ? '' : `${texts.workbench.noNextRun}  `;
  const next = Math.min(...runs);
  const ahead = wordAhead(next, model.nowMs);
  if (model.columns < 72) return '';
  return `${texts.workbench.nextRun(wordNear(next, model.nowMs), ahead)}  `;
}

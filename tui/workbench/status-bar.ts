import type { Keybinding } from '../keys/keybinding.ts';
import { wordKey } from '../keys/keybinding.ts';
import type { Model } from '../screens/bench.ts';
import { jobShare } from '../screens/jobs/job-words.ts';
import { type Trouble, unseenTroubles } from '../screens/overview/troubles.ts';
import { spoken } from '../texts/spoken.ts';
import { texts } from '../texts/texts.ts';
import { type Line, lineWidth, span, spread } from '../widgets/line.ts';

/** Kedge, services in words and the running job at the left; the doors to everything at the right. */
export function statusBar(model: Model): Line {
  const { state, columns, glyphs } = model;
  const connected = state.connection.kind === 'open';
  const troubles = state.snapshot === undefined ? [] : unseenTroubles(state.snapshot);
  const left = fitting(columns, [
    span(` ${standingWords(model)} `, connected ? 'bar-strong' : 'bar-alert'),
    ...lostWords(model),
    ...serviceWords(model),
    span(troubles.length === 0 ? '' : ` ${countWords(troubles)} `, 'bar-strong', {
      command: 'panel.tab',
      args: { tab: 'problems' },
    }),
    span(runningJob(model), 'bar'),
  ]);
  const doors = texts.workbench.doors.map(({ key, words, action }) =>
    span(` ${key} ${words} `, 'bar', action),
  );
  const room = columns - lineWidth(left);
  const right = doors.filter((_, index) => lineWidth(doors.slice(0, index + 1)) <= room);
  return spread(left, right, columns, glyphs.ellipsis, 'bar');
}

function standingWords({ state: { connection } }: Model): string {
  const { kedgeOk, connecting, notReachable } = texts.workbench;
  if (connection.kind === 'open') return kedgeOk;
  return connection.kind === 'connecting' ? connecting : notReachable;
}

/** Without those that would be cut. */
function fitting(columns: number, pieces: Line): Line {
  let room = columns;
  return pieces.filter((piece) => {
    const cells = lineWidth([piece]);
    if (cells > room) return false;
    room -= cells;
    return true;
  });
}

/** What ssh said of the line that broke; a click connects again. */
function lostWords({ state }: Model): Line {
  const { connection, server } = state;
  if (server === undefined || connection.kind !== 'lost') return [];
  const cause = connection.problem.params['cause'] ?? '';
  return [span(` ${cause} `, 'bar', { command: 'connection.retry' })];
}

function countWords(troubles: readonly Trouble[]): string {
  const errors = troubles.filter(({ severity }) => severity === 'error').length;
  return texts.workbench.troubles(errors, troubles.length - errors);
}

function serviceWords(model: Model): Line {
  const services = model.state.snapshot?.services ?? [];
  const ill = services.filter((service) => service.health !== 'healthy');
  if (services.length === 0 || model.state.connection.kind !== 'open') return [];
  if (ill.length === 0 && model.columns < 100) {
    return [span(` ${texts.workbench.servicesOk(services.length)} `, 'bar')];
  }
  const shown = model.columns < 100 ? ill : services;
  return shown.map((service) =>
    span(
      ` ${service.id} ${texts.states.health[service.health]} `,
      service.health === 'healthy' ? 'bar' : 'bar-alert',
      {
        command: 'view.show',
        args: { view: 'services' },
      },
    ),
  );
}

function runningJob(model: Model): string {
  const jobs = model.state.snapshot?.jobs ?? [];
  const running = jobs.find((job) => job.state.kind === 'running');
  if (running === undefined) return '';
  const share = jobShare(running);
  const percent = share === undefined ? '' : ` ${Math.floor(share * 100)} %`;
  return ` ${texts.states.jobKinds[running.kind]}${percent} `;
}

/** Above the status bar: a message, a chord that waits, or why the button in focus leads nowhere and what the keys do here. */
export function hintLine(
  model: Model,
  hints: readonly Keybinding[],
  refusal: string | undefined,
): Line {
  const { ui, columns, glyphs } = model;
  if (ui.chord !== undefined) {
    return spread(
      [span(` ${texts.workbench.chord(wordKey(ui.chord))}`, 'strong')],
      [],
      columns,
      glyphs.ellipsis,
    );
  }
  if (ui.toast !== undefined) {
    const { tone, text } = ui.toast;
    const word = texts.workbench.toastWords[tone];
    const door = span(`  ${texts.workbench.messages.door} `, 'muted', { command: 'messages.show' });
    const said = [span(` ${word}${text}`, tone === 'muted' ? 'plain' : tone)];
    // A message that would be cut for it matters more.
    const isRoom = lineWidth([...said, door]) <= columns;
    return spread(said, ui.toasts.length > 1 && isRoom ? [door] : [], columns, glyphs.ellipsis);
  }
  const said = refusal === undefined ? [] : [span(`${refusal}  `, 'muted')];
  return fittingHints(said, hints, columns);
}

function fittingHints(said: Line, hints: readonly Keybinding[], columns: number): Line {
  const out: Line[number][] = [span(' '), ...said];
  for (const { key, hint, command, args } of hints) {
    const action = args === undefined ? { command } : { command, args };
    const pair = [
      span(wordKey(key), 'key', action),
      span(` ${spoken(hint ?? '')}  `, 'muted', action),
    ];
    if (lineWidth(out) + lineWidth(pair) > columns) break;
    out.push(...pair);
  }
  return out;
}

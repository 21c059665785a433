import { wordNear } from '../../texts/moment.ts';
import { texts, historyTexts as words } from '../../texts/texts.ts';
import { healthSign } from '../../theme/health-sign.ts';
import type { Tone } from '../../theme/theme.ts';
import { type Line, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { healthTones } from './service-list.ts';

/** The last seven days of a service in one line, and since when it is as it is; nothing where that is not known. */
export function historyOf({ ui, glyphs, nowMs }: Model, service: string): readonly Line[] {
  const { serviceHistory: loaded } = ui.data;
  if (loaded?.kind !== 'ready' || loaded.about !== service || loaded.value === undefined) return [];
  const { buckets, changes } = loaded.value;
  const signs = buckets.map((state) => {
    const tone: Tone = state === null || state === 'unknown' ? 'muted' : healthTones[state];
    return span(healthSign(state, glyphs), tone);
  });
  const last = changes.at(-1);
  return [
    [span(` ${words.days}  `, 'muted'), ...signs],
    ...(last === undefined
      ? []
      : [
          [
            span(
              ` ${words.lastChange(texts.states.health[last.state], wordNear(last.atMs, nowMs), last.why)}`,
            ),
          ],
        ]),
  ];
}

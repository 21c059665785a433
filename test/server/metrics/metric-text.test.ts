import { expect, test } from 'vitest';
import {
  gauge,
  type MetricFamily,
  metricText,
  stateSamples,
} from '../../../agent/server/metrics/metric-text.ts';
import { promtoolSays } from '../../support/promtool.ts';
import { testWith } from '../../support/require-tool.ts';

const odd: MetricFamily = {
  name: 'kedge_odd',
  type: 'gauge',
  help: 'A back\\slash and\na line.',
  samples: [{ labels: { name: 'a "quoted"\\ name\nof two lines', none: undefined }, value: 0.5 }],
};

test('labels and help are escaped, and what is empty is left out', () => {
  const empty = gauge('kedge_unknown', 'Not known.', undefined);
  expect(metricText([odd, empty, gauge('kedge_up', 'Kedge runs.', 1)])).toBe(
    [
      '# HELP kedge_odd A back\\\\slash and\\na line.',
      '# TYPE kedge_odd gauge',
      'kedge_odd{name="a \\"quoted\\"\\\\ name\\nof two lines"} 0.5',
      '# HELP kedge_up Kedge runs.',
      '# TYPE kedge_up gauge',
      'kedge_up 1',
      '',
    ].join('\n'),
  );
});

test('a state is one of all that there are', () => {
  expect(stateSamples({ store: 'usb' }, ['online', 'away'], 'away')).toEqual([
    { labels: { store: 'usb', state: 'online' }, value: 0 },
    { labels: { store: 'usb', state: 'away' }, value: 1 },
  ]);
});

testWith('promtool')('promtool reads it, and finds what is wrong', () => {
  expect(promtoolSays(metricText([odd]))).toBe('');
  expect(promtoolSays(metricText([{ ...odd, type: 'counter' }]))).toContain('_total');
});

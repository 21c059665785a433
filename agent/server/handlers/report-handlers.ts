import { metricsRead } from '../../../protocol/methods/report.ts';
import { readMetrics } from '../metrics/read-metrics.ts';
import { handle } from './handler.ts';

export const reportHandlers = [
  handle(metricsRead, async (daemon) => ({ text: await readMetrics(daemon) })),
];

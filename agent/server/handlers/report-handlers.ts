import { metricsRead, reportRead, runbookRead } from '../../../protocol/methods/report.ts';
import { readMetrics } from '../metrics/read-metrics.ts';
import { readReport } from '../read-report.ts';
import { readRunbook } from '../read-runbook.ts';
import { handle } from './handler.ts';

const usualDays = 7;

export const reportHandlers = [
  handle(metricsRead, async (daemon) => ({ text: await readMetrics(daemon) })),
  handle(reportRead, async (daemon, { days = usualDays }) => ({
    report: await readReport(daemon, days),
  })),
  handle(runbookRead, async (daemon) => ({ text: await readRunbook(daemon) })),
];

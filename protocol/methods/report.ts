import * as z from 'zod';
import { Report } from '../domain/report.ts';
import { reading } from '../method.ts';

export const reportRead = reading(
  'report.read',
  'viewer',
  z.object({ days: z.int().min(1).max(366).optional() }),
  z.object({ report: Report }),
);
/** One printable page, plain text of at most 80 columns: what is protected, where, which key, how to recover. */
export const runbookRead = reading(
  'runbook.read',
  'admin',
  z.object({}),
  z.object({ text: z.string() }),
);
/** Prometheus text format 0.0.4. */
export const metricsRead = reading(
  'metrics.read',
  'viewer',
  z.object({}),
  z.object({ text: z.string() }),
);

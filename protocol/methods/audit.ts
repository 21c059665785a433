import * as z from 'zod';
import { AuditEntry } from '../domain/audit.ts';
import { reading } from '../method.ts';

/** Newest first, a page at a time. Kept for 400 days, the newest 50,000 at most. */
export const auditList = reading(
  'audit.list',
  'admin',
  z.object({
    limit: z.int().min(1).max(500),
    /** Older than this entry: the last one of the page before. */
    before: z.int().optional(),
    sinceMs: z.number().optional(),
    /** Only entries that hold this text in method, parameters, user, terminal, role or failure. */
    filter: z.string().max(200).optional(),
  }),
  z.object({ entries: z.array(AuditEntry).readonly(), more: z.boolean() }),
);

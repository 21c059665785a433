import * as z from 'zod';
import { LeftInServer } from '../../protocol/domain/restore.ts';
import { ExchangeItem } from '../sources/restore-kind.ts';
import { SwapStep } from '../sources/swap-step.ts';

/** What is exchanged of one source. */
export const SourceExchange = z.object({
  source: z.string(),
  engine: z.string(),
  items: z.array(ExchangeItem).readonly(),
});
export type SourceExchange = z.infer<typeof SourceExchange>;

/** Of a recovery onto a machine that had no configuration: what is put in force when all data is in place. */
export const RecoverBegin = z.object({
  configPath: z.string(),
  configText: z.string(),
  /** Destinations that are made and marked. */
  stores: z.array(z.string()).readonly(),
  /** What is started then, in this order. */
  services: z.array(z.string()).readonly(),
  /** What was in the way is kept as an undo. */
  replace: z.boolean(),
  /** Folders that were not there before, outermost first. */
  made: z.array(z.string()).readonly(),
});
export type RecoverBegin = z.infer<typeof RecoverBegin>;

const Begin = z.object({
  kind: z.literal('begin'),
  what: z.enum(['restore', 'undo', 'recover']),
  job: z.number(),
  atMs: z.number(),
  title: z.string(),
  backup: z.string().optional(),
  undoId: z.string(),
  undoExpiresAtMs: z.number(),
  /** The undo that is taken back: used up when this is through. */
  usesUndo: z.string().optional(),
  /** Of the places the one that only holds what is unpacked; it goes when the run ends. */
  staging: z.string().optional(),
  /** No undo is kept: what is live goes for good, as somebody has agreed to. */
  withoutUndo: z.literal(true).optional(),
  /** All of a backup comes back, in the place of what is live. */
  isWhole: z.literal(true).optional(),
  /** Id of the safety backup, which the undo holds as long as it lives. */
  safety: z.string().optional(),
  /** Folders beside the live data, for staging and undo; made by this job, so not there before. */
  places: z.array(z.string()).readonly(),
  sources: z.array(SourceExchange).readonly(),
  recover: RecoverBegin.optional(),
});

/**
 * The journal of a restore or undo. An intent stands before its step, with the identity of what it
 * changes; `done` after it. A crash is settled from these and the disk alone.
 */
export const RestoreRecord = z.discriminatedUnion('kind', [
  Begin,
  z.object({ kind: z.literal('staging') }),
  z.object({ kind: z.literal('staged') }),
  /** `services` ran, in the order in which they start. */
  z.object({
    kind: z.literal('stopping'),
    services: z.array(z.string()).readonly(),
    /** By the wall clock: a recovery has none that was running then. */
    atMs: z.number().optional(),
  }),
  z.object({ kind: z.literal('stopped') }),
  z.object({ kind: z.literal('keeping') }),
  /** Per live path whether the undo holds something for it. */
  z.object({ kind: z.literal('kept'), kept: z.record(z.string(), z.boolean()) }),
  z.object({ kind: z.literal('guarding') }),
  z.object({ kind: z.literal('swap'), step: SwapStep, identity: z.string() }),
  z.object({ kind: z.literal('swap done'), step: SwapStep, identity: z.string() }),
  /** All that could be taken back is exchanged; these come last, and once one of them is through it only goes on. */
  z.object({ kind: z.literal('onward'), steps: z.array(SwapStep).readonly() }),
  z.object({ kind: z.literal('swapped') }),
  z.object({ kind: z.literal('starting') }),
  /** The gate is passed: every service that ran is healthy again, or, where nothing could go back, `down` names it. */
  z.object({
    kind: z.literal('started'),
    downtimeMs: z.number(),
    down: z.array(z.string()).readonly().optional(),
  }),
  /** By a person's word: from here on it is settled without these servers (`serverKey`). */
  z.object({
    kind: z.literal('given up'),
    servers: z.array(z.string()).readonly(),
    left: z.array(LeftInServer).readonly(),
  }),
  /** From here on only back. */
  z.object({ kind: z.literal('back'), why: z.string() }),
  z.object({ kind: z.literal('rolled back') }),
  z.object({ kind: z.literal('end'), outcome: z.string() }),
]);
export type RestoreRecord = z.infer<typeof RestoreRecord>;
export type Begin = z.infer<typeof Begin>;
export type GivenUp = Extract<RestoreRecord, { kind: 'given up' }>;

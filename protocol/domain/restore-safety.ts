import * as z from 'zod';

/** Where a restore puts what it needs room for, and what it goes without. Folders are absolute. */
export const RestoreChoices = z.object({
  /** What is unpacked goes here first, where it need not lie beside the live data. */
  staging: z.string().optional(),
  /** Where the safety backup goes; absent: into the destination of the newest full. */
  safetyTo: z.string().optional(),
  /** Each needs its words, typed. */
  withoutSafetyBackup: z.literal(true).optional(),
  withoutUndo: z.literal(true).optional(),
});
export type RestoreChoices = z.infer<typeof RestoreChoices>;

/** What is typed to go without something. */
export const Consent = z.enum(['without safety backup', 'without undo']);
export type Consent = z.infer<typeof Consent>;

/** What has to be typed, beside the application's name, before a plan with these choices runs. */
export function consentsOf(choices: RestoreChoices | undefined): readonly Consent[] {
  return [
    ...(choices?.withoutSafetyBackup === true ? (['without safety backup'] as const) : []),
    ...(choices?.withoutUndo === true ? (['without undo'] as const) : []),
  ];
}

/** The backup of what is live, taken and verified before a service stops. */
export const SafetyPlan = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('taken'),
    folder: z.string(),
    /** Absent: outside all stores. */
    store: z.string().optional(),
    /** The full it is a differential of; absent: it is a full itself, and `note` says why. */
    base: z.string().optional(),
    note: z.string().optional(),
    /** Expected, of the archive and to take and verify it. */
    bytes: z.number(),
    seconds: z.number(),
    /** What of the live data can't be captured, and why. */
    gaps: z.array(z.string()).readonly(),
    notes: z.array(z.string()).readonly(),
  }),
  /** Nothing is live. */
  z.object({ kind: z.literal('not needed'), why: z.string() }),
  /** Nowhere to put it: the plan can't be run so. */
  z.object({ kind: z.literal('impossible'), why: z.string() }),
  /** Asked to go without. */
  z.object({ kind: z.literal('left out') }),
]);
export type SafetyPlan = z.infer<typeof SafetyPlan>;

/**
 * A way to make do with less room: `path` is the file system that it frees `freesBytes` of. `without undo` is the last
 * resort: its sources can't be brought back.
 */
export const SpaceOffer = z.object({
  kind: z.enum(['staging elsewhere', 'safety backup elsewhere', 'without undo']),
  path: z.string(),
  freesBytes: z.number(),
  /** Bytes needed in the folder that is to be named; 0: none. */
  needsBytes: z.number(),
  /** With its command all that is missing there is found. */
  suffices: z.boolean(),
  /** Sources that it helps. */
  sources: z.array(z.string()).readonly(),
  command: z.string(),
});
export type SpaceOffer = z.infer<typeof SpaceOffer>;

import * as z from 'zod';
import { Failure } from '../failures.ts';

/** What "kedge install" and "kedge uninstall" are asked for. Paths absolute. */
export const InstallOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('install'),
    /** The folder of the program's versions. */
    prefix: z.string(),
    /** Kedge's own, unprivileged user; absent: the one it has, else "kedge". */
    user: z.string().optional(),
    /** A configuration to begin with, where there is none yet. */
    config: z.string().optional(),
    /** How long jobs at work may take to end before the daemon is exchanged. */
    waitSeconds: z.number(),
  }),
  z.object({
    kind: z.literal('uninstall'),
    prefix: z.string(),
    /** State, configuration and user go too. */
    purge: z.boolean(),
    waitSeconds: z.number(),
  }),
]);
export type InstallOrder = z.infer<typeof InstallOrder>;

/** Something to be done, in words: what, why, and what stands in the file. */
export const InstallStep = z.object({
  what: z.string(),
  reason: z.string(),
  text: z.string().optional(),
});
export type InstallStep = z.infer<typeof InstallStep>;

/** No steps: all is as it should be. */
export const InstallPlan = z.object({
  version: z.string(),
  /** What is installed now; absent: nothing. */
  installed: z.string().optional(),
  steps: z.array(InstallStep).readonly(),
  /** What is left as it is, and what else is to be known. */
  notes: z.array(z.string()).readonly(),
  /** What must be typed before it is done; absent: a plain yes will do. */
  confirmation: z.string().optional(),
});
export type InstallPlan = z.infer<typeof InstallPlan>;

/** A line that the program which installs prints, as JSON; the plan first. */
export const InstallEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), plan: InstallPlan }),
  /** It begins; `number` from 1. */
  z.object({ kind: z.literal('step'), number: z.number(), step: InstallStep }),
  z.object({ kind: z.literal('done'), notes: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal('failed'), failure: Failure }),
]);
export type InstallEvent = z.infer<typeof InstallEvent>;

import * as z from 'zod';
import { mutating, reading } from '../method.ts';
import { requestId } from './backup.ts';

/** A place in the text of a configuration; line and column from 1. */
export const ConfigProblem = z.object({
  line: z.number(),
  column: z.number(),
  message: z.string(),
});
export type ConfigProblem = z.infer<typeof ConfigProblem>;

export const configGet = reading(
  'config.get',
  'admin',
  z.object({}),
  z.object({
    path: z.string(),
    text: z.string(),
    revision: z.string(),
    problems: z.array(ConfigProblem).readonly(),
  }),
);
export const configValidate = reading(
  'config.validate',
  'admin',
  z.object({ text: z.string().max(1_000_000) }),
  z.object({ problems: z.array(ConfigProblem).readonly() }),
);
/** Replaces the text, only against the revision that was read and only when it is valid. */
export const configSet = mutating(
  'config.set',
  'admin',
  z.object({ requestId, text: z.string().max(1_000_000), revision: z.string() }),
  z.object({ revision: z.string() }),
);
/** JSON Schema of kedge.jsonc, from which forms are drawn. */
export const configDescribe = reading(
  'config.describe',
  'admin',
  z.object({}),
  z.object({ schema: z.unknown() }),
);

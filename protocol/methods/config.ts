import * as z from 'zod';
import { ConfigChange } from '../domain/config-change.ts';
import { DoctorFinding } from '../domain/doctor.ts';
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

const changes = z.array(ConfigChange).max(200);

/** What would be wrong with the text on disk after some changes. */
export const configTry = reading(
  'config.try',
  'admin',
  z.object({ changes: changes.readonly() }),
  z.object({ problems: z.array(ConfigProblem).readonly() }),
);
/** Changes the text where it says so, only against the revision that was read and only to what is valid. */
export const configChange = mutating(
  'config.change',
  'admin',
  z.object({ requestId, changes: changes.min(1).readonly(), revision: z.string() }),
  z.object({ revision: z.string() }),
);
/** Whether a source, destination or service would work as it is after some changes, which are not saved. */
export const configTest = reading(
  'config.test',
  'admin',
  z.object({
    changes: changes.readonly(),
    section: z.enum(['sources', 'stores', 'services']),
    name: z.string(),
  }),
  z.object({ findings: z.array(DoctorFinding).readonly() }),
);

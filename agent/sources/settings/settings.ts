import * as z from 'zod';
import { Quiesce } from '../quiesce.ts';

export const SettingsSettings = z
  .object({
    engine: z.literal('settings'),
    paths: z.array(z.string().startsWith('/')).min(1).meta({
      title: 'Settings files',
      description: 'Each by its absolute path',
    }),
    quiesce: Quiesce.optional(),
  })
  .strict()
  .meta({ title: 'Settings files' });
export type SettingsSettings = z.infer<typeof SettingsSettings>;

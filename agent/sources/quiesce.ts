import * as z from 'zod';

const argv = z.array(z.string()).min(1);

/** How writers are held off while a capture is taken. */
export const Quiesce = z
  .discriminatedUnion('kind', [
    z
      .object({ kind: z.literal('none') })
      .strict()
      .meta({ title: 'Not at all' }),
    /** `before` runs ahead of the capture, `after` always when it is taken; argv, never a shell; 60 s each. */
    z
      .object({
        kind: z.literal('hook'),
        before: argv.meta({ title: 'Command before' }),
        after: argv.meta({ title: 'Command after' }),
      })
      .strict()
      .meta({ title: 'By commands before and after' }),
    z
      .object({
        kind: z.literal('stop'),
        services: z.array(z.string().meta({ names: 'services' })).min(1),
      })
      .strict()
      .meta({ title: 'By stopping services' }),
  ])
  .meta({ title: 'Writers are held off' });
export type Quiesce = z.infer<typeof Quiesce>;

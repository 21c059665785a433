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
        before: argv.meta({
          title: 'Command before',
          description: 'Program and arguments, no shell: run before the backup reads, 60 s at most',
        }),
        after: argv.meta({
          title: 'Command after',
          description: 'Program and arguments: always run when the backup has read, 60 s at most',
        }),
      })
      .strict()
      .meta({ title: 'By commands before and after' }),
    z
      .object({
        kind: z.literal('stop'),
        services: z
          .array(z.string().meta({ names: 'services' }))
          .min(1)
          .meta({
            title: 'Services',
            description: 'Stopped before the backup reads, started again when it has',
          }),
      })
      .strict()
      .meta({ title: 'By stopping services' }),
  ])
  .meta({
    title: 'Writers are held off',
    description: 'Whether and how nobody writes while the backup reads; absent: not at all',
  });
export type Quiesce = z.infer<typeof Quiesce>;

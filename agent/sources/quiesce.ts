import * as z from 'zod';

const argv = z.array(z.string()).min(1);

/** How writers are held off while a capture is taken. */
export const Quiesce = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }).strict(),
  /** `before` runs ahead of the capture, `after` always when it is taken; argv, never a shell; 60 s each. */
  z.object({ kind: z.literal('hook'), before: argv, after: argv }).strict(),
  z.object({ kind: z.literal('stop'), services: z.array(z.string()).min(1) }).strict(),
]);
export type Quiesce = z.infer<typeof Quiesce>;

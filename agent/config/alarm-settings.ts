import * as z from 'zod';
import { SecretReference } from '../os/secret-reference.ts';

const minimum = z
  .enum(['warning', 'error'])
  .optional()
  .meta({ title: 'From', description: 'The least that is told; absent: warnings too.' });

const timeoutSeconds = z.number().positive().max(300).optional();

/** Itself, or where it is found: addresses of chat programs are secrets. */
const url = z.union([z.url({ protocol: /^https?$/ }), SecretReference]);

export const CommandRouteSettings = z
  .object({
    kind: z.literal('command'),
    /** argv, never a shell; the first one an absolute path. The alarm comes as JSON on standard input. */
    command: z.array(z.string()).min(1),
    /** 30 where it is not given. */
    timeoutSeconds,
    minimum,
  })
  .strict()
  .meta({ title: 'Command' });
export type CommandRouteSettings = z.infer<typeof CommandRouteSettings>;

export const WebhookRouteSettings = z
  .object({
    kind: z.literal('webhook'),
    url,
    /** Signs what is sent; absent: unsigned. */
    secret: SecretReference.optional(),
    /** 15 where it is not given. */
    timeoutSeconds,
    minimum,
  })
  .strict()
  .meta({ title: 'Webhook' });
export type WebhookRouteSettings = z.infer<typeof WebhookRouteSettings>;

export const MailRouteSettings = z
  .object({
    kind: z.literal('mail'),
    host: z.string().min(1),
    /** 587, with `tls` 465, with `none` 25 where it is not given. */
    port: z.int().min(1).max(65_535).optional(),
    /** `starttls` (absent: that) must succeed, or nothing is sent. */
    security: z.enum(['starttls', 'tls', 'none']).optional(),
    /** Of an authority that this machine does not know, or of a server that signed its own; PEM. */
    caFile: z.string().startsWith('/').optional(),
    user: z.string().min(1).optional(),
    password: SecretReference.optional(),
    from: z.string().includes('@'),
    to: z.array(z.string().includes('@')).min(1),
    minimum,
    /** A mail also when all is well: every day at 08:00, or on Mondays; absent: never. */
    summary: z.enum(['daily', 'weekly']).optional(),
  })
  .strict()
  .meta({ title: 'Mail' });
export type MailRouteSettings = z.infer<typeof MailRouteSettings>;

export const PingRouteSettings = z
  .object({
    kind: z.literal('ping'),
    /** Called after each good run, with "/fail" behind it after one that failed. */
    url,
    /** Only of these; absent: of all. */
    schedules: z
      .array(z.string().meta({ names: 'schedules' }))
      .min(1)
      .optional(),
    /** 15 where it is not given. */
    timeoutSeconds,
  })
  .strict()
  .meta({ title: 'Ping' });
export type PingRouteSettings = z.infer<typeof PingRouteSettings>;

const RouteSettings = z.discriminatedUnion('kind', [
  CommandRouteSettings,
  WebhookRouteSettings,
  MailRouteSettings,
  PingRouteSettings,
]);
export type RouteSettings = z.infer<typeof RouteSettings>;

export const AlarmSettings = z
  .object({
    routes: z
      .record(z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/), RouteSettings)
      .optional()
      .meta({ title: 'Routes' }),
  })
  .strict()
  .meta({ title: 'Alarms' });

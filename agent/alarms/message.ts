import * as z from 'zod';
import { Alarm } from '../../protocol/domain/alarm.ts';

const ToldAlarm = Alarm.omit({ deliveries: true });
export type ToldAlarm = z.infer<typeof ToldAlarm>;

/** What a delivery says, as it was when it was written down: it may be sent a day later. */
export const MessageBody = z.discriminatedUnion('what', [
  z.object({ what: z.enum(['open', 'cured']), alarm: ToldAlarm }),
  z.object({ what: z.literal('test'), text: z.string() }),
  z.object({ what: z.literal('run'), good: z.boolean(), text: z.string() }),
  z.object({
    what: z.literal('summary'),
    title: z.string(),
    lines: z.array(z.string()).readonly(),
  }),
]);
export type MessageBody = z.infer<typeof MessageBody>;

/** Whose alarms these are. */
export interface Sender {
  /** Of the application; absent: nothing is configured. */
  readonly application?: { readonly id: string; readonly name: string };
  readonly host: string;
}

/** `id` is the same at every try, so that who receives it twice can tell. */
export type Message = MessageBody & { readonly id: string; readonly sender: Sender };

/** As programs read it: webhooks as the body, commands on standard input. */
export function messageJson({ id, sender, ...body }: Message): string {
  return JSON.stringify({ delivery: id, ...sender, ...body });
}

/** "ERROR" or "CURED" and what it is about, on one line. */
export function subjectOf(message: Message): string {
  switch (message.what) {
    case 'open':
      return `${message.alarm.severity.toUpperCase()}: ${message.alarm.text}`;
    case 'cured':
      return `cured: ${message.alarm.text}`;
    case 'test':
    case 'run':
      return message.text;
    case 'summary':
      return message.title;
    default:
      return message satisfies never;
  }
}

/** The same with all that is known of it, for people. */
export function linesOf(message: Message): readonly string[] {
  switch (message.what) {
    case 'open':
    case 'cured':
      return alarmLines(message.what, message.alarm);
    case 'test':
    case 'run':
      return [message.text];
    case 'summary':
      return message.lines;
    default:
      return message satisfies never;
  }
}

function alarmLines(what: 'open' | 'cured', alarm: ToldAlarm): readonly string[] {
  const word = what === 'cured' ? 'Cured' : alarm.severity === 'error' ? 'ERROR' : 'Warning';
  return [
    `${word}: ${alarm.text}`,
    ...(alarm.place === undefined ? [] : [`  Where: ${alarm.place}`]),
    `  Since: ${wordMoment(alarm.sinceMs)}${alarm.count > 1 ? `, ${alarm.count} times` : ''}`,
    ...(alarm.curedMs === undefined ? [] : [`  Cured: ${wordMoment(alarm.curedMs)}`]),
    ...(what === 'cured' || alarm.hint === undefined ? [] : [`  ${alarm.hint}`]),
    ...(what === 'cured' ? [] : [`  Seen?  kedge alarm acknowledge ${alarm.id}`]),
  ];
}

function wordMoment(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

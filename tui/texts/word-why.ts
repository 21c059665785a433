import type { Service } from '../../protocol/domain/service.ts';
import { wordSpan } from './moment.ts';
import { texts } from './texts.ts';

/** Why a service is as it is, and for how long it has answered badly: "GET /health gave 503, for 40 s". */
export function wordWhy({ health, why, badSinceMs }: Service, nowMs: number): string {
  if (health !== 'ill' || badSinceMs === undefined) return why;
  return texts.states.ill(why, wordSpan(Math.max(0, nowMs - badSinceMs) / 1000));
}

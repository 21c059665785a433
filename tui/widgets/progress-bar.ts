import type { Glyphs } from '../theme/theme.ts';
import { type Span, span } from './line.ts';

/** `[####------]` in exactly `width` cells; a share of undefined is unknown. */
export function progressBar(share: number | undefined, width: number, glyphs: Glyphs): Span {
  const inner = Math.max(1, width - 2);
  const filled = Math.round(Math.max(0, Math.min(1, share ?? 0)) * inner);
  return span(`[${glyphs.full.repeat(filled)}${glyphs.empty.repeat(inner - filled)}]`, 'accent');
}

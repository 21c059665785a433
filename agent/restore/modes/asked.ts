import type { RestoreMode, RestorePart } from '../../../protocol/domain/restore-order.ts';

/** What a restore is to bring back and what becomes of what came after; as it is asked for and as a plan keeps it. */
export interface Asked {
  readonly mode?: RestoreMode | undefined;
  readonly parts?: readonly RestorePart[] | undefined;
}

export const modeOf = ({ mode }: Asked): RestoreMode => mode ?? { kind: 'replace' };

/** Only what is not the usual, so that a plain replace is what it always was. */
export function askedFields({ mode, parts }: Asked): Asked {
  return {
    ...(mode === undefined || mode.kind === 'replace' ? {} : { mode }),
    ...(parts === undefined || parts.length === 0 ? {} : { parts }),
  };
}

/** Parts of one source; undefined: it is not asked for. An empty list: all of it. */
export function partsOf({ parts = [] }: Asked, source: string): readonly RestorePart[] | undefined {
  if (parts.length === 0) return [];
  const own = parts.filter((part) => part.source === source);
  if (own.length === 0) return undefined;
  return own.some(({ paths, tables }) => paths === undefined && tables === undefined) ? [] : own;
}

/** A path inside a source as it is compared: no slash at either end. */
export function insidePath(path: string): string {
  return path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .join('/');
}

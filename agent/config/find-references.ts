import { SecretReference } from '../os/secret-reference.ts';

export interface FoundReference {
  /** Keys from the top of the configuration. */
  readonly path: readonly string[];
  readonly reference: SecretReference;
}

/** Every secret that a configuration refers to, wherever it stands. */
export function findReferences(
  value: unknown,
  path: readonly string[] = [],
): readonly FoundReference[] {
  if (typeof value !== 'object' || value === null) return [];
  const found = SecretReference.safeParse(value);
  // An environment of exactly one variable called "file" would be taken for one too: then it is looked at in vain.
  if (found.success) return [{ path, reference: found.data }];
  return Object.entries(value).flatMap(([key, inner]) => findReferences(inner, [...path, key]));
}

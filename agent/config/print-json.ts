const shortCharacters = 70;

/** JSON as one writes it by hand: what is short and flat stands on one line. `indent`: blanks of the line it begins on. */
export function printJson(value: unknown, indent: string): string {
  const flat = printFlat(value);
  if (flat !== undefined && flat.length <= shortCharacters) return flat;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${inner}${printJson(item, inner)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const members = membersOf(value).map(
    ([key, one]) => `${inner}${JSON.stringify(key)}: ${printJson(one, inner)}`,
  );
  return members.length === 0 ? '{}' : `{\n${members.join(',\n')}\n${indent}}`;
}

/** Undefined: something in it has parts of its own. */
function printFlat(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    if (value.some(isObject)) return undefined;
    return `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
  }
  if (!isObject(value)) return JSON.stringify(value);
  const members = membersOf(value);
  if (members.some(([, one]) => isObject(one))) return undefined;
  const printed = members.map(([key, one]) => `${JSON.stringify(key)}: ${printFlat(one)}`);
  return members.length === 0 ? '{}' : `{ ${printed.join(', ')} }`;
}

function membersOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, one]) => one !== undefined);
}

/** Lists among them. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

import { type Call, HttpError } from './http-service.ts';

/** The body of a call as a JSON object; anything else is refused with 400. */
export async function jsonBody(call: Call): Promise<Readonly<Record<string, unknown>>> {
  const text = (await call.body()).toString();
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return { ...json };
  } catch (error) {
    throw new HttpError(400, 'the body is not JSON', { cause: error });
  }
  throw new HttpError(400, 'the body is not a JSON object');
}

export function textIn(body: Readonly<Record<string, unknown>>, key: string, limit = 200): string {
  const value = body[key];
  if (typeof value === 'string' && value !== '' && value.length <= limit) return value;
  throw new HttpError(400, `"${key}" must be a text of 1 to ${limit} characters`);
}

export function integerIn(body: Readonly<Record<string, unknown>>, key: string): number {
  const value = body[key];
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new HttpError(400, `"${key}" must be a whole number`);
}

import { userInfo } from 'node:os';

/** Whom this program says it works for; a user that the system does not know has no name. */
export function ownName(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const { SUDO_USER: before, USER: said } = environment;
  if (before !== undefined && before !== '') return before;
  try {
    return userInfo().username;
  } catch {
    return said;
  }
}

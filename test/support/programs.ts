import { join } from 'node:path';

/** The variable that tells where they lie, for those who run tests and what they start. */
export const folderVariable = 'KEDGE_TEST_PROGRAMS';

/**
 * The file of a program that tests run as a process of its own: one of Kedge's by its name below `agent`, or one of
 * `build-programs.ts`. It is made of the sources at the start of the run, as what is released is.
 */
export function builtProgram(name: string): string {
  return join(folder(), 'agent', `${name}.js`);
}

/** As `NODE_COMPILE_CACHE`, so that the next start of one compiles nothing. */
export function compileCache(): string {
  return join(folder(), 'compiled');
}

function folder(): string {
  const found = process.env[folderVariable];
  if (found === undefined) throw new Error('the programs of tests are built by vitest only');
  return found;
}

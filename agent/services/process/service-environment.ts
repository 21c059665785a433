/** What a service may inherit: Kedge's own environment may hold secrets of stores and sources. */
const inherited = /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR|XDG_RUNTIME_DIR)$/;

export function serviceEnvironment(
  own: NodeJS.ProcessEnv,
  settings: Readonly<Record<string, string>>,
  instance: string,
): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(([name]) => inherited.test(name));
  return { ...Object.fromEntries(kept), ...settings, ...instanceVariable(instance) };
}

/** By this a process is known as part of one start of a service after the first process of it has died. */
export function instanceMark(instance: string): string {
  return `${instanceName}=${instance}`;
}

const instanceName = 'KEDGE_SERVICE_INSTANCE';

function instanceVariable(instance: string): Record<string, string> {
  return { [instanceName]: instance };
}

import { createSocket } from 'node:dgram';

const browserPort = 1434;
const askAgainMs = 500;
const answerMs = 3000;

/**
 * The TCP port of a named instance, as the SQL Server Browser of its host says. Source: MC-SQLR 2.2.3, 2.2.5.
 * It is a datagram, so it may be lost and is asked for again.
 */
export async function findInstance(
  order: { readonly host: string; readonly instance: string; readonly port?: number },
  signal: AbortSignal,
): Promise<number> {
  const { host, instance, port = browserPort } = order;
  const until = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
  const socket = createSocket({ type: host.includes(':') ? 'udp6' : 'udp4', signal: until });
  const ask = () => socket.send(Buffer.from(`\x04${instance}\0`), port, host, () => undefined);
  const again = setInterval(ask, askAgainMs);
  try {
    const answer = await new Promise<Buffer>((resolve, reject) => {
      socket.once('message', resolve);
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('no answer')));
      ask();
    });
    return portIn(answer, instance);
  } catch (error) {
    signal.throwIfAborted();
    const why = `the SQL Server Browser of "${host}" does not say where the instance "${instance}" listens: start it, or name the port`;
    throw new Error(why, { cause: error });
  } finally {
    clearInterval(again);
    if (!until.aborted) socket.close();
  }
}

/** After three bytes a list of names and values: `ServerName;DB;InstanceName;X;...;tcp;50123;;`. */
function portIn(answer: Buffer, instance: string): number {
  const fields = answer.subarray(3).toString('latin1').split(';');
  const port = Number(fields[fields.indexOf('tcp') + 1]);
  if (fields.includes('tcp') && Number.isInteger(port) && port > 0) return port;
  throw new Error(`the instance "${instance}" takes no connections by TCP`);
}

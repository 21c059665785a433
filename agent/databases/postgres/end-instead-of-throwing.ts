import type { Duplex } from 'node:stream';

/**
 * pg throws in mid-event where a server says what it does not know (a login by Kerberos, another protocol), which
 * would end the process. From here on it ends the connection.
 */
export function endInsteadOfThrowing(stream: Duplex): void {
  const emit = stream.emit.bind(stream);
  Object.assign(stream, {
    emit(...event: Parameters<typeof emit>): boolean {
      try {
        return emit(...event);
      } catch (error) {
        stream.destroy(error instanceof Error ? error : new Error(String(error)));
        return true;
      }
    },
  });
}

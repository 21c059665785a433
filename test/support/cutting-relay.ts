import { once } from 'node:events';
import { createServer } from 'node:http';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import * as z from 'zod';
import { decodeFrame, windowBytes } from '../../protocol/transfer.ts';

/** What passed of one transfer over one connection, in bytes of the archive. */
export interface Carried {
  /** Where it began or went on. */
  from: number;
  /** What was sent and passed on. */
  passed: number;
  /** What the receiver has said that it has safely. */
  acknowledged: number;
}

/** Between a client and Kedge, message by message; it cuts connections where it is told. */
export interface CuttingRelay extends AsyncDisposable {
  readonly socket: string;
  /** One for each connection that opened a transfer, in order. */
  readonly carried: readonly Carried[];
}

const Message = z.object({
  method: z.string().optional(),
  params: z.object({ offset: z.number().optional(), bytes: z.number().optional() }).optional(),
  result: z.object({ offset: z.number().optional(), stream: z.number().optional() }).optional(),
});

/**
 * Each of the first `cuts` connections is destroyed as soon as its receiver has acknowledged so many bytes:
 * what is safe on the other side is then known, whatever the speed of either. `cutLine`: cuts it further away instead.
 */
export async function startCuttingRelay(
  target: string,
  socket: string,
  cuts: readonly number[],
  cutLine?: () => void,
): Promise<CuttingRelay> {
  const carried: Carried[] = [];
  const http = createServer();
  const server = new WebSocketServer({ server: http, perMessageDeflate: false });
  server.on('connection', (near) => {
    const far = new WebSocket(`ws+unix:${target}:/`, { perMessageDeflate: false });
    const transfer = watchTransfer(carried);
    let isCut = false;
    const cut = (): void => {
      near.terminate();
      far.terminate();
    };
    const pass = (to: WebSocket) => (data: RawData, isBinary: boolean) => {
      to.send(data, { binary: isBinary });
      const at = transfer.saw(data, isBinary);
      const limit = at === undefined ? undefined : cuts[carried.indexOf(at)];
      if (isCut || at === undefined || limit === undefined || at.acknowledged < limit) return;
      isCut = true;
      (cutLine ?? cut)();
    };
    near.pause();
    far.once('open', () => near.resume());
    near.on('message', pass(far));
    far.on('message', pass(near));
    for (const end of [near, far]) end.on('close', cut).on('error', cut);
  });
  http.listen(socket);
  await once(http, 'listening');
  return {
    socket,
    carried,
    [Symbol.asyncDispose]: async () => {
      for (const client of server.clients) client.terminate();
      http.close();
      await once(http, 'close');
    },
  };
}

/** Reads along on one connection; answers the state of its transfer once there is one. */
function watchTransfer(carried: Carried[]) {
  let at: Carried | undefined;
  let asked: number | undefined;
  let granted = 0;
  let isDownload = false;
  const text = (message: z.infer<typeof Message>): void => {
    const { method, params, result } = message;
    isDownload ||= method === 'transfer.open-download';
    if (method === 'transfer.open-download') asked = params?.offset;
    if (result?.stream !== undefined && at === undefined) {
      at = { from: result.offset ?? asked ?? Number.NaN, passed: 0, acknowledged: 0 };
      carried.push(at);
    }
    if (method === 'transfer.credit') granted += params?.bytes ?? 0;
    // Who downloads grants the first window before anything has come.
    if (at !== undefined) at.acknowledged = Math.max(0, granted - (isDownload ? windowBytes : 0));
  };
  return {
    saw(data: RawData, isBinary: boolean): Carried | undefined {
      if (!Buffer.isBuffer(data)) throw new Error('a message in pieces');
      if (!isBinary) text(Message.parse(JSON.parse(data.toString())));
      else if (at !== undefined) at.passed += decodeFrame(data)?.bytes.length ?? 0;
      return at;
    },
  };
}

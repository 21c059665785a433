export interface Login {
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly program: string;
  readonly database: string;
}

/** Places of the texts in a LOGIN7 message. Source: MS-TDS 2.2.6.4. */
const at = { host: 36, user: 40, password: 44, program: 48, database: 68 } as const;

export function readLogin(body: Buffer): Login {
  const bytesAt = (place: number): Buffer => {
    const from = body.readUInt16LE(place);
    return body.subarray(from, from + 2 * body.readUInt16LE(place + 2));
  };
  const textAt = (place: number): string => bytesAt(place).toString('utf16le');
  const hidden = bytesAt(at.password).map(unhide);
  return {
    host: textAt(at.host),
    user: textAt(at.user),
    password: Buffer.from(hidden).toString('utf16le'),
    program: textAt(at.program),
    database: textAt(at.database),
  };
}

/** Passwords are not encrypted, only turned. */
function unhide(byte: number): number {
  const turned = byte ^ 0xa5;
  return ((turned << 4) | (turned >> 4)) & 0xff;
}

/** Version 16.0, whether it has TLS. Source: MS-TDS 2.2.6.5. */
export function preloginAnswer(hasTls: boolean): Buffer {
  const notSupported = 2;
  return Buffer.from([
    ...[0x00, 0x00, 0x0b, 0x00, 0x06],
    ...[0x01, 0x00, 0x11, 0x00, 0x01],
    0xff,
    ...[16, 0, 0x10, 0x27, 0, 0],
    hasTls ? 1 : notSupported,
  ]);
}

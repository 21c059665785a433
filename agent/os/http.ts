/** Not by an import: that reads each export, and the one for web sockets loads Node's whole web client, 2 to 3 MiB. */
export const { createServer, request } = process.getBuiltinModule('node:http');

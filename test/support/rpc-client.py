"""A JSON-RPC client that shares no code with Kedge: opens a session, asks for the snapshot, prints it."""
import asyncio
import json
import sys

import websockets


async def main(socket: str) -> None:
    async with websockets.unix_connect(socket, "ws://localhost/") as connection:

        async def call(number: int, method: str, params: dict) -> object:
            request = {"jsonrpc": "2.0", "id": number, "method": method, "params": params}
            await connection.send(json.dumps(request))
            while True:
                message = json.loads(await connection.recv())
                if message.get("id") == number:
                    return message

        hello = {"version": 1, "capabilities": [], "client": "python"}
        print(json.dumps([await call(1, "session.open", hello), await call(2, "snapshot.get", {})]))


asyncio.run(main(sys.argv[1]))

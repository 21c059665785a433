#!/usr/bin/env python3
"""read_archive.py ARCHIVE FOLDER [FULL]: unpacks a Kedge archive, a differential with its full.

Written from agent/archive/README.md alone: the Python standard library and python3-zstandard.
"""
import base64
import hashlib
import json
import os
import struct
import sys
import zlib

import zstandard


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def check(condition, what):
    if not condition:
        sys.exit(f"damaged: {what}")


class Archive:
    def __init__(self, path):
        self.file = open(path, "rb")
        end = self.file.seek(0, 2)
        count, descriptor, magic = struct.unpack("<IBI", self.at(end - 9, 9))
        check(magic == 0x8F92EAB1 and descriptor == 0x80, "no seek table")
        table_size = 8 + 12 * count + 9
        table = self.at(end - table_size, table_size)
        entries = [struct.unpack_from("<III", table, 8 + 12 * n) for n in range(count)]
        locator_size = entries[-1][0]
        locator = self.at(end - table_size - locator_size, locator_size)
        check(locator[-32:] == hashlib.sha256(locator[:-32]).digest(), "locator")
        check(struct.unpack_from("<I", locator, 8)[0] in (1, 2), "a version other than 1 and 2")
        check(locator[120:152] == hashlib.sha256(table).digest(), "seek table")
        tail, tail_length = struct.unpack_from("<QQ", locator, 16)
        index_length = struct.unpack_from("<Q", locator, 48)[0]
        check(hashlib.sha256(self.at(tail, tail_length)).digest() == locator[88:120], "tail")
        place, index = 0, b""
        for size, content, _ in entries[:-1]:
            if place >= tail:
                index += self.unpack(self.at(place, size), content)
            place += size
        # In front stands the tar header of the index, behind it padding and the end of the tar.
        first = struct.unpack_from("<Q", locator, 40)[0] - struct.unpack_from("<Q", locator, 32)[0]
        index = index[first : first + index_length]
        check(hashlib.sha256(index).digest() == locator[56:88], "index")
        self.index_sha256 = sha256(index)
        lines = [json.loads(line) for line in index.decode().splitlines()]
        self.header = lines[0]
        members, removed = self.header["memberLines"], self.header.get("removedLines", 0)
        self.members = lines[1 : 1 + members]
        self.removed = [name_of(l, "removed") for l in lines[1 + members : 1 + members + removed]]
        self.frames = lines[1 + members + removed :]
        check(len(self.frames) == self.header["frameLines"], "number of lines")
        self.recent = (-1, b"")

    def at(self, offset, size):
        self.file.seek(offset)
        return self.file.read(size)

    def unpack(self, frame, size, dictionary=None):
        made = None
        if dictionary:
            made = zstandard.ZstdCompressionDict(dictionary, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
        return zstandard.ZstdDecompressor(dict_data=made).decompress(frame, max_output_size=size)

    def frame(self, number, old=None):
        """Content of a frame; `old` are the bytes of the base that a delta frame needs."""
        if old is None and self.recent[0] == number:
            return self.recent[1]
        line = self.frames[number]
        raw = self.at(line["at"], line["size"])
        whole = f"{zlib.crc32(raw):08x}" == line["crc32"] if "crc32" in line else sha256(raw) == line["sha256"]
        check(whole, f"frame {number}")
        if old is None:
            content = self.unpack(raw, line["content"])
            self.recent = (number, content)
        else:
            magic, length = struct.unpack_from("<II", raw)
            check(magic == 0x184D2A5C and length == len(raw) - 8, f"delta frame {number}")
            content = self.unpack(raw[8:], line["length"], bytes(8) + old if old else None)
        check(line.get("contentSha256") in (None, sha256(content)), f"content of frame {number}")
        return content

    def content(self, member):
        parts, left, frame, skip = [], member["size"], member["frame"], member["offset"]
        while left > 0:
            part = self.frame(frame)[skip : skip + left]
            parts.append(part)
            left -= len(part)
            frame, skip = frame + 1, 0
        return b"".join(parts)


def name_of(line, key="name"):
    return line[key].encode() if key in line else base64.b64decode(line[key + "B64"])


def patched(archive, base, member, old):
    """The old version with the pages or blocks of the delta frames put in."""
    before = base.content(old)
    made = bytearray(before[: member["size"]].ljust(member["size"], b"\0"))
    for number in range(member["frame"], member["frame"] + member["deltas"]):
        line = archive.frames[number]
        if "block" in line:
            grain, numbers = archive.header["blockSize"], [line["block"]]
        else:
            runs = line["pages"]
            grain = member["pageSize"]
            numbers = [f + n for f, c in zip(runs[::2], runs[1::2]) for n in range(c)]
        content = archive.frame(number, b"".join(before[n * grain : (n + 1) * grain] for n in numbers))
        for n in numbers:
            length = min(grain, member["size"] - n * grain)
            made[n * grain : n * grain + length] = content[:length]
            content = content[length:]
    return bytes(made)


def chain(archive, base):
    """All members with what gives their content."""
    if base is None:
        return [(m, lambda m=m: archive.content(m)) for m in archive.members]
    wanted = archive.header["base"]
    found = (base.header["backupId"], base.index_sha256)
    check(found == (wanted["id"], wanted["indexSha256"]), "the full is another than " + wanted["fileName"])
    old = {name_of(m): m for m in base.members}
    changed = {name_of(m) for m in archive.members} | set(archive.removed)
    sources = {s["name"].encode() for s in archive.header["sources"]}
    stays = [m for n, m in old.items() if n not in changed and n.split(b"/")[0] in sources]
    parts = [(m, lambda m=m: base.content(m)) for m in stays]
    for m in archive.members:
        if "deltas" in m:
            parts.append((m, lambda m=m: patched(archive, base, m, old[name_of(m)])))
        else:
            parts.append((m, lambda m=m: archive.content(m)))
    return parts


def main(path, folder, full=None):
    archive = Archive(path)
    base = Archive(full) if full else None
    check((base is None) == ("base" not in archive.header), "a differential needs its full, a full none")
    for member, content in chain(archive, base):
        name = name_of(member)
        check(not name.startswith(b"/") and b".." not in name.split(b"/"), "an unsafe name")
        target = os.path.join(os.fsencode(folder), name)
        if name.startswith(b".kedge/"):
            continue
        kind = member["kind"]
        os.makedirs(target if kind == "directory" else os.path.dirname(target), exist_ok=True)
        if kind == "file":
            data = content()
            check(sha256(data) == member["sha256"], name)
            with open(target, "wb") as file:
                file.write(data)
        elif kind == "hardlink":
            os.link(os.path.join(os.fsencode(folder), name_of(member, "link")), target)
        elif kind == "symlink":
            os.symlink(name_of(member, "link"), target)
        elif kind == "fifo":
            os.mkfifo(target)


main(*sys.argv[1:])

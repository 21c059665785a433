"""Runs a program in a pseudo-terminal, presses keys and measures what it paints. Order: JSON, argv[1]."""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

order = json.loads(sys.argv[1])
QUIET = 0.06
DEADLINE = 20.0


def start():
    pid, terminal = pty.fork()
    if pid == 0:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        environment = {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8", **order["environment"]}
        # The size must be there before the program asks for it.
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", order["rows"], order["columns"], 0, 0))
        os.execve(order["argv"][0], order["argv"], environment)
    return pid, terminal


def read(terminal, timeout):
    """What was painted within the timeout; b"" for nothing, or for the end."""
    ready, _, _ = select.select([terminal], [], [], max(0, timeout))
    if not ready:
        return b""
    try:
        return os.read(terminal, 1 << 16)
    except OSError:
        return b""


def read_until_quiet(terminal, quiet):
    """Bytes painted, and when the first came."""
    count, first = 0, None
    while True:
        part = read(terminal, quiet if first is not None else 5 * quiet)
        if not part:
            return count, first
        if first is None:
            first = time.perf_counter()
        count += len(part)


def wait_for_marks(terminal, started):
    seen, times = b"", []
    for mark in order["marks"]:
        while mark.encode() not in seen:
            if time.perf_counter() - started > DEADLINE:
                sys.exit(f"{mark!r} was not painted in time: {seen[-2000:]!r}")
            seen += read(terminal, 0.5)
        times.append((time.perf_counter() - started) * 1000)
    return times


def press(terminal, key):
    os.write(terminal, key.encode())
    pressed = time.perf_counter()
    count, first = read_until_quiet(terminal, QUIET)
    return {"bytes": count, "firstByteMs": ((first or pressed) - pressed) * 1000}


def memory_of(pid):
    with open(f"/proc/{pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


def processor_seconds_of(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def watch(pid, terminal, seconds):
    """What it paints and takes while nobody presses a key; its memory once a second."""
    used, painted, memory = processor_seconds_of(pid), 0, []
    started = time.perf_counter()
    for second in range(1, seconds + 1):
        while (left := started + second - time.perf_counter()) > 0:
            painted += len(read(terminal, left))
        memory.append(memory_of(pid))
    return {
        "bytes": painted,
        "processorSeconds": processor_seconds_of(pid) - used,
        "memoryMebibytes": memory,
    }


def leave(pid, terminal):
    try:
        os.write(terminal, order["quit"].encode())
    except OSError:
        pass
    deadline = time.perf_counter() + 5
    while os.waitpid(pid, os.WNOHANG)[0] == 0:
        # Read on, or it could wait for us.
        read(terminal, 0.02)
        if time.perf_counter() > deadline:
            os.kill(pid, signal.SIGKILL)
            deadline = float("inf")


started = time.perf_counter()
pid, terminal = start()
try:
    marks = wait_for_marks(terminal, started)
    read_until_quiet(terminal, 0.3)
    for key in order["go"]:
        press(terminal, key)
    moved = [press(terminal, key) for key in order["keys"]]
    memory = memory_of(pid)
    watched = watch(pid, terminal, order["watchSeconds"])
finally:
    leave(pid, terminal)
print(json.dumps({"marksMs": marks, "moved": moved, "memoryMebibytes": memory, "watched": watched}))

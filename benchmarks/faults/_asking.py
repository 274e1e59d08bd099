"""Asking the server of forks for a Python; standard library alone, since each asking process pays for it."""

from __future__ import annotations

import array
import json
import os
import socket
import sys
from collections.abc import Sequence

#: The highest number of a standard stream.
_STANDARD = 2


def asked(place: str, arguments: Sequence[str], folder: str, environ: dict[str, str], files: dict[int, int]) -> int:
    """Have the server run a Python, and give its exit code; ``files`` are open files by the number that each gets."""
    message = {
        "arguments": list(arguments),
        "folder": folder,
        "environ": environ,
        "executable": environ["FAULTS_PYTHON"],
        "files": list(files),
    }
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(place)
        text = json.dumps(message).encode() + b"\n"
        rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files.values()))]
        sent = connection.sendmsg([text], rights)
        if sent < len(text):  # even nothing cannot be sent to a fork that has already ended
            connection.sendall(text[sent:])
        answer = b""
        while not answer.endswith(b"\n"):
            more = connection.recv(64)
            if not more:
                return 139  # the fork was killed, or killed itself
            answer += more
    return int(answer)


def main() -> None:
    """Be a Python: programs (``-c``) are run by the server, everything else by the real one."""
    arguments = sys.argv[1:]
    if arguments[:1] != ["-c"]:
        os.execv(os.environ["FAULTS_REAL_PYTHON"], [os.environ["FAULTS_REAL_PYTHON"], *arguments])  # noqa: S606
    numbers = [int(name) for name in os.listdir("/proc/self/fd")]  # noqa: PTH208 # numbers, not files
    files = {}
    for number in numbers:
        try:
            if os.get_inheritable(number) or number <= _STANDARD:
                files[number] = number
        except OSError:  # the directory that was just listed
            continue
    sys.exit(asked(os.environ["FAULTS_SERVER"], arguments, os.getcwd(), dict(os.environ), files))  # noqa: PTH109


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Runs a command and prints how long it took and how much memory it held at most, as JSON.

    measure.py COMMAND ARGUMENT …

Node.js cannot ask the system for the memory of a program it has run. What the command prints is handed on as text.
"""

import json
import os
import subprocess
import sys
import time


def main():
    started = time.monotonic()
    process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read().decode("utf8", "replace")
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - started
    print(
        json.dumps(
            {
                "status": os.waitstatus_to_exitcode(status),
                "seconds": round(seconds, 3),
                "processor_seconds": round(usage.ru_utime + usage.ru_stime, 3),
                "peak_kilobytes": usage.ru_maxrss,
                "output": output,
            }
        )
    )


if __name__ == "__main__":
    main()

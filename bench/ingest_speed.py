#!/usr/bin/env python3
"""What the store costs: documents a second of `detente ingest` beside `detente code`, and the memory of both.

    ./dev bench ingest_speed FILE.jsonl [--threads 2] [--rounds 3]

Both commands take turns; what counts is the median of each. Documents are counted before anything is timed.
"""
import argparse
import os
import pathlib
import statistics
import sys
import tempfile
import time

import peers

EXE = peers.BUILD / "apps" / "cli" / "detente"


def run(arguments):
    """(seconds, most memory in MB) of one run."""
    start = time.monotonic()
    process = os.spawnve(os.P_NOWAIT, EXE, [str(EXE), *map(str, arguments)], os.environ)
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"detente {arguments[0]} gave {os.waitstatus_to_exitcode(status)}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    n = sum(1 for line in options.file.open(encoding="utf-8") if line.strip())
    times = {"code": [], "ingest": []}
    memory = {"code": 0.0, "ingest": 0.0}
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    with tempfile.TemporaryDirectory() as scratch:
        for turn in range(options.rounds):
            for name, more in ("code", ["--format", "json"]), ("ingest", ["--store", f"{scratch}/{turn}.duckdb"]):
                seconds, most = run([name, options.file, "--threads", options.threads, *more])
                times[name].append(seconds)
                memory[name] = max(memory[name], most)
    middle = {name: statistics.median(values) for name, values in times.items()}
    for name, seconds in middle.items():
        print(f"{name:8} {n / seconds:8.1f} documents/s  spread {min(times[name]):.1f} to {max(times[name]):.1f} s  "
              f"{memory[name]:.0f} MB", file=sys.stderr)
    share = middle["code"] / middle["ingest"]
    print(f"ingest at {share:.0%} of code, on {options.threads} threads", file=sys.stderr)
    return 0 if share >= 0.85 else 1


if __name__ == "__main__":
    sys.exit(main())

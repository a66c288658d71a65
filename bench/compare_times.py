#!/usr/bin/env python3
"""Days and stretches of time: Detente and, beside it, Stanford CoreNLP's SUTime on the same documents, by the same scorer.

    bench/compare_times.py GOLD [--detente build/bench/apps/cli/detente] [--no-peer]

GOLD holds wikinews/, wikinews.jsonl and score_text.py. The peer comes from Maven Central through `mvn` (some 490 MB,
once, into .cache/peers/corenlp) and needs a JDK; it is measured here and never shipped.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

import peers

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(*command, **options):
    return subprocess.run([str(c) for c in command], check=True, **options)


def dates_line(gold, coded):
    scored = run(sys.executable, gold / "score_text.py", gold / "wikinews", coded, capture_output=True, text=True).stdout
    return next(line for line in scored.splitlines() if line.startswith("dates"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("--detente", type=pathlib.Path, default=ROOT / "build/dev/apps/cli/detente")
    parser.add_argument("--no-peer", action="store_true")
    arguments = parser.parse_args()
    documents = arguments.gold / "wikinews.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        ours = pathlib.Path(folder, "detente")
        run(arguments.detente, "annotate", documents, "--out", ours)
        print("Detente  ", dates_line(arguments.gold, ours))
        if not arguments.no_peer:
            theirs = pathlib.Path(folder, "corenlp")
            theirs.mkdir()
            peers.run_corenlp("Times", "3g", documents, theirs)
            print("SUTime   ", dates_line(arguments.gold, theirs))


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Speed of the reader beside spaCy's nlp.pipe, all components, on the same texts, alternating in one run.

    ./dev bench speed_reader [--rounds N] [--documents N]

Checks that both give the same number of tokens before it counts anything. Each round runs spaCy on one thread, the
reader on one and on two; ratios are of neighbours in time, as the machine's pace drifts. Also the cold start of the
command (process start to the end of its first document) and its peak memory.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import time

for name in ("OMP_NUM_THREADS", "BLIS_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import spacy  # noqa: E402  (the thread limits must stand first)

import peers  # noqa: E402

REPORT = peers.HERE.parent / "examples" / "exchange-of-notes.txt"


def probe(path, threads, kernels="best"):
    run = subprocess.run([peers.BUILD / "bench" / "reader_probe", "time", peers.MODEL, path, str(threads), kernels],
                         stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


# A small interpreter starts the command: a child's peak counts the memory of the process that forked it.
STARTER = """
import json, os, resource, subprocess, sys, time
start = time.perf_counter()
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
took = 1000 * (time.perf_counter() - start)
print(json.dumps([status, took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""


def cold_start():
    """Milliseconds and peak megabytes of `detente annotate --tokens` on the example report."""
    command = [peers.BUILD / "apps" / "cli" / "detente", "annotate", REPORT, "--tokens", "--model", peers.MODEL]
    run = subprocess.run([sys.executable, "-S", "-c", STARTER, *command], stdout=subprocess.PIPE, check=True)
    status, took, peak = json.loads(run.stdout)
    if status != 0:
        sys.exit("the command failed on the example report")
    return took, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--documents", type=int, default=None, help="only so many of the corpus")
    args = parser.parse_args()
    if not peers.NEWSWIRE.exists():
        sys.exit(f"{peers.NEWSWIRE} is not there: this bench needs its texts")
    texts = peers.texts_of(peers.NEWSWIRE)[:args.documents]
    nlp = spacy.load(peers.PIPELINE)
    list(nlp.pipe(texts[:10]))
    print(f"{len(texts)} documents; spaCy {spacy.__version__}, one thread; {peers.machine()}", flush=True)
    rows = {"spaCy": [], "one": [], "two": [], "ratio": [], "scaling": [], "memory": []}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"text": text}) + "\n" for text in texts)
        lines.flush()
        for number in range(args.rounds):
            start = time.perf_counter()
            n_tokens = sum(len(doc) for doc in nlp.pipe(texts))
            spacy_rate = n_tokens / (time.perf_counter() - start)
            one, two = probe(lines.name, 1), probe(lines.name, 2)
            if abs(one["tokens"] - n_tokens) > n_tokens / 1000:
                sys.exit(f"{one['tokens']} tokens, spaCy has {n_tokens}: no comparison")
            rows["spaCy"].append(spacy_rate)
            rows["one"].append(one["tokens_per_s"])
            rows["two"].append(two["tokens_per_s"])
            rows["ratio"].append(one["tokens_per_s"] / spacy_rate)
            rows["scaling"].append(two["tokens_per_s"] / one["tokens_per_s"])
            rows["memory"].append(one["peak_mb"])
            print(f"round {number + 1}: spaCy {spacy_rate:,.0f}, reader {one['tokens_per_s']:,.0f} and on two threads "
                  f"{two['tokens_per_s']:,.0f} tokens/s ({one['kernels']})", flush=True)
    starts = [cold_start() for _ in range(10)]
    print(f"tokens/s, spaCy, one thread          {peers.spread(rows['spaCy'])}")
    print(f"tokens/s, reader, one thread         {peers.spread(rows['one'])}")
    print(f"tokens/s, reader, two threads        {peers.spread(rows['two'])}")
    print(f"times spaCy, one thread              {peers.spread(rows['ratio'])}")
    print(f"two threads over one                 {peers.spread(rows['scaling'])}")
    print(f"peak MB of one thread, this corpus   {peers.spread(rows['memory'])}")
    print(f"cold start to first document, ms     {peers.spread([ms for ms, _ in starts])}")
    print(f"peak MB of the command               {peers.spread([mb for _, mb in starts])}")


if __name__ == "__main__":
    main()

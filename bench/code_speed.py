#!/usr/bin/env python3
"""Tokens a second of the whole pipeline (`detente code`) beside the reader alone, one thread, alternating in one run.

    ./dev bench code_speed [--rounds N]

Both have all texts in memory before the clock starts. The bar: the pipeline keeps 40 % of the reader's pace.
"""
import argparse
import sys

import peers

STAGES = ("parse", "resolve", "attribute", "code")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    if not peers.NEWSWIRE.exists():
        sys.exit(f"{peers.NEWSWIRE} is not there: this bench needs its texts")
    print(peers.machine(), flush=True)
    rows = {"reader": [], "code": [], "ratio": []}
    shares = {stage: [] for stage in STAGES}
    for number in range(args.rounds):
        reader, coded = peers.reader_probe(peers.NEWSWIRE), peers.code_probe(peers.NEWSWIRE)
        # The pipeline leaves out nothing that the reader reads, but for zones that its own document reader cuts off.
        if abs(reader["tokens"] - coded["tokens"]) > reader["tokens"] / 100:
            sys.exit(f"{coded['tokens']} tokens, the reader alone has {reader['tokens']}: no comparison")
        rows["reader"].append(reader["tokens_per_s"])
        rows["code"].append(coded["tokens_per_s"])
        rows["ratio"].append(coded["tokens_per_s"] / reader["tokens_per_s"])
        for stage in STAGES:
            shares[stage].append(100 * coded[stage] / coded["seconds"])
        print(f"round {number + 1}: reader {reader['tokens_per_s']:,.0f}, whole pipeline {coded['tokens_per_s']:,.0f} tokens/s, "
              f"{coded['events']} events", flush=True)
    print(f"tokens/s, reader alone       {peers.spread(rows['reader'])}")
    print(f"tokens/s, whole pipeline     {peers.spread(rows['code'])}")
    print(f"of the reader's pace         {peers.spread(rows['ratio'])}")
    for stage in STAGES:
        print(f"per cent in {stage:16} {peers.spread(shares[stage])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

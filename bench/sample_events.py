#!/usr/bin/env python3
"""A random sample of coded events with their evidence, to be judged by eye: how often is `detente code` right on real news?

    ./dev bench sample_events [--seed N] [--n N] [--coded FILE]

The events of the shared newswire are drawn with a fixed seed. An event is right when category, sides and auxiliary modes
are what the sentence says.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import peers

DETENTE = peers.BUILD / "apps" / "cli" / "detente"


def code(path):
    command = [DETENTE, "code", peers.NEWSWIRE, "--model", peers.MODEL, "--only", "events", "--format", "json"]
    with open(path, "wb") as out:
        subprocess.run(command, stdout=out, check=True)


def sides(entities):
    return "+".join(f"{e['code'] or '?'}{'.' + e['sector'] if e['sector'] else ''}({e['entity_text']})" for e in entities)


def show(event, text):
    mention = event["mentions"][0]
    begin = max(text.rfind("\n", 0, mention["start"]) + 1, mention["start"] - 240)
    ends = [i for i in (text.find("\n", mention["end"]), mention["end"] + 160) if i >= 0]
    around = text[begin:mention["start"]] + "[" + text[mention["start"]:mention["end"]] + "]" + text[mention["end"]:min(ends)]
    modes = "/".join([event["event"][0]] + event["mode"])
    auxiliary = f" [{' '.join(event['auxiliary_modes'])}]" if event["auxiliary_modes"] else ""
    rules = ",".join(mention["rules"])
    return f"{modes} {sides(event['actor'])} -> {sides(event['recipient'])}{auxiliary} {event['date']} by {rules}\n    {around}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--n", type=int, default=100, help="events to draw")
    parser.add_argument("--coded", type=pathlib.Path, help="events already coded, JSON lines")
    args = parser.parse_args()
    if not peers.NEWSWIRE.exists():
        print(f"{peers.NEWSWIRE} is not there: no sample")
        return 0
    coded = args.coded
    if coded is None:
        handle, name = tempfile.mkstemp(suffix=".jsonl")
        os.close(handle)
        coded = pathlib.Path(name)
        code(coded)
    documents = map(json.loads, filter(None, peers.NEWSWIRE.read_text(encoding="utf-8").split("\n")))
    texts = {d["id"]: d["text"] for d in documents}
    events = [json.loads(line) for line in coded.read_text(encoding="utf-8").split("\n") if line]
    if args.coded is None:
        coded.unlink()
    print(f"{len(events)} events in {len(texts)} documents; seed {args.seed}")
    for i, event in enumerate(random.Random(args.seed).sample(events, min(args.n, len(events))), 1):
        print(f"{i:3} {event['document_id']}: {show(event, texts[event['document_id']])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

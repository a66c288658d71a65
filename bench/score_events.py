#!/usr/bin/env python3
"""How right `detente code` is on sentences and reports of our own, and on the shared gold where the checkout sees it.

    ./dev bench score_events [--show N]

event_sentences.tsv: a sentence counts when one coded event has its category, mode (where given), sides and auxiliary
modes. unpolitical.txt: any event is wrong. Both were written beside the rules and have been read while writing them, so
they flatter; unpolitical_check.txt was not. The gold's scorers (../shared/gold/score_*.py) are the judges.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import peers

SYMMETRIC = {"CONSULT", "AGREE", "COOPERATE", "ASSAULT"}
DETENTE = peers.BUILD / "apps" / "cli" / "detente"


def coded(rows):
    """Events by document id, for rows of {id, text, published}."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows)
        lines.flush()
        run = subprocess.run([DETENTE, "code", lines.name, "--model", peers.MODEL, "--only", "events", "--format", "json"],
                             stdout=subprocess.PIPE)
    events = {}
    for line in run.stdout.decode().split("\n"):
        if line:
            event = json.loads(line)
            events.setdefault(event["document_id"], []).append(event)
    return events


def codes(entities):
    return frozenset(e["code"] for e in entities if e["code"])


def expected(cell):
    head, _, auxiliary = cell.partition(" [")
    what, _, sides = head.partition(" ")
    category, _, mode = what.partition("/")
    actor, _, recipient = sides.partition("->")
    split = [frozenset(s.strip().split("+")) - {""} for s in (actor, recipient)]
    return category, mode, *split, frozenset(auxiliary.rstrip("]").split())


def is_it(event, want):
    category, mode, actor, recipient, auxiliary = want
    if event["event"] != [category] or (mode and mode not in event["mode"]):
        return False
    if frozenset(event["auxiliary_modes"]) != auxiliary:
        return False
    a, r = codes(event["actor"]), codes(event["recipient"])
    return (a, r) == (actor, recipient) or (category in SYMMETRIC and a | r == actor | recipient)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", type=int, default=0, help="misses to print")
    args = parser.parse_args()
    rows = [line.split("\t") for line in (peers.HERE / "event_sentences.tsv").read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")]
    events = coded({"id": name, "text": text, "published": "2022-04-22"} for name, text, _ in rows)
    right = 0
    for name, text, cell in rows:
        found = events.get(name, [])
        ok = not found if cell == "nothing" else any(is_it(e, expected(cell)) for e in found)
        right += ok
        if not ok and args.show > 0:
            args.show -= 1
            got = [(e["event"][0], sorted(codes(e["actor"])), sorted(codes(e["recipient"])), e["auxiliary_modes"]) for e in found]
            print(f"  {name}: {text}\n    expected {cell}; coded {got}")
    print(f"own sentences: {right} of {len(rows)} ({right / len(rows):.3f})")
    for name in ("unpolitical.txt", "unpolitical_check.txt"):
        texts = [line for line in (peers.HERE / name).read_text(encoding="utf-8").splitlines()
                 if line and not line.startswith("#")]
        events = coded({"id": str(i), "text": text, "published": "2022-04-22"} for i, text in enumerate(texts))
        n_events = sum(len(found) for found in events.values())
        print(f"{name}: {n_events} events in {len(texts)} reports ({n_events / len(texts):.3f} each)")
    gold = peers.SHARED / "gold"
    if not gold.exists():
        print(f"{gold} is not there: no gold")
        return 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as out:
        subprocess.run([DETENTE, "code", gold / "gsr-dev.jsonl", "--model", peers.MODEL, "--only", "events", "--format", "json"],
                       stdout=out)
        return subprocess.run([sys.executable, gold / "score_gsr.py", gold / "gsr-dev.jsonl", out.name]).returncode


if __name__ == "__main__":
    sys.exit(main())

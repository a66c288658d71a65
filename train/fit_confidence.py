#!/usr/bin/env python3
"""Fits data/ontology/confidence.tsv: how sure an event is, from what was known when it was coded.

    train/fit_confidence.py DETENTE [--write]

Judged events, each right or wrong (its category and both sides):
  gold      the development sentences of the gold, as score_gsr.py judges (../shared/gold/gsr-dev.jsonl)
  own       bench/event_sentences.tsv, as bench/score_events.py judges
  newswire  bench/judged_events.tsv: events drawn at random from 538 reports and judged by hand; those that are still coded
A logistic function of the features that `detente code --explain --format json` prints, with a penalty on large weights, by
Newton's method. The penalty is chosen, and the calibration error reported, by cross-validation: ten parts, a document never
in two of them. Needs no package.
"""
import argparse
import collections
import hashlib
import json
import math
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(SHARED / "gold"), str(ROOT / "bench")]
N_PARTS = 10
PENALTIES = (30.0, 100.0)  # lighter ones fit no better and are worse calibrated on each source by itself
TABLE = ROOT / "data" / "ontology" / "confidence.tsv"
# How sure an event must be to be told. What is said inside one country or to nobody is seldom right when unsure.
LEAST = {"words abroad": 0.2, "deeds abroad": 0.4, "words at home": 0.45, "deeds at home": 0.45, "words to nobody": 0.45,
         "deeds to nobody": 0.25}
RARE = 12  # a feature that fewer events have is left out

Judged = collections.namedtuple("Judged", "source document features right")


def coded(detente, path):
    """All events, the unsure ones too that the table's "least" keeps back."""
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "confidence.tsv"
        table.write_text("".join(f"least {kind}\t0\n" for kind in LEAST), encoding="utf-8")
        ran = subprocess.run([detente, "code", path, "--ontology", table, "--only", "events", "--explain", "--format", "json"],
                             stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in ran.stdout.decode().split("\n") if line]


def gold_events(detente):
    import score_gsr
    path = SHARED / "gold" / "gsr-dev.jsonl"
    gold = {g["id"]: g for g in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    for event in coded(detente, path):
        g = gold[event["document_id"]]
        if "negation" not in event["auxiliary_modes"]:
            right = g["event"][0] in event["event"] and score_gsr.same_dyad(g, event)
            yield Judged("gold", g["id"], event["confidence_from"], right)


def own_events(detente):
    import score_events
    rows = [line.split("\t") for line in (ROOT / "bench" / "event_sentences.tsv").read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")]
    wanted = {name: cell for name, _, cell in rows}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(json.dumps({"id": name, "text": text, "published": "2022-04-22"}) + "\n" for name, text, _ in rows)
        lines.flush()
        for event in coded(detente, lines.name):
            cell = wanted[event["document_id"]]
            right = cell != "nothing" and score_events.is_it(event, score_events.expected(cell))
            yield Judged("own", event["document_id"], event["confidence_from"], right)


def newswire_events(detente):
    def codes(entities):
        return "+".join(sorted({e["code"] for e in entities if e["code"]}))
    judged = {}
    for line in (ROOT / "bench" / "judged_events.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            *key, right = line.split("\t")
            judged[tuple(key)] = right == "1"
    for event in coded(detente, SHARED / "corpora" / "worldwide-newswire.jsonl"):
        for mention in event["mentions"]:
            key = (event["document_id"], str(mention["trigger"][0]), event["event"][0], codes(event["actor"]), codes(event["recipient"]))
            if key in judged:
                yield Judged("newswire", event["document_id"], event["confidence_from"], judged.pop(key))


def sigmoid(x):
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def solve(a, b):
    """x of a x = b, by elimination with pivots; a is changed."""
    n = len(b)
    x = list(b)
    for i in range(n):
        p = max(range(i, n), key=lambda r: abs(a[r][i]))
        a[i], a[p], x[i], x[p] = a[p], a[i], x[p], x[i]
        for r in range(i + 1, n):
            f = a[r][i] / a[i][i]
            if f:
                x[r] -= f * x[i]
                a[r] = [u - f * v for u, v in zip(a[r], a[i])]
    for i in reversed(range(n)):
        x[i] = (x[i] - sum(a[i][j] * x[j] for j in range(i + 1, n))) / a[i][i]
    return x


def fit(events, names, penalty):
    """Weights by name; all but "always" are pulled towards nothing."""
    index = {name: i for i, name in enumerate(names)}
    rows = [[(index[k], v) for k, v in e.features.items() if k in index] for e in events]
    weights = [0.0] * len(names)
    for _ in range(12):
        pull = [1e-6 if name == "always" else penalty for name in names]
        gradient = [-p * w for p, w in zip(pull, weights)]
        curve = [[p if i == j else 0.0 for j in range(len(names))] for i, p in enumerate(pull)]
        for row, event in zip(rows, events):
            p = sigmoid(sum(weights[i] * v for i, v in row))
            for i, v in row:
                gradient[i] += v * (event.right - p)
                for j, u in row:
                    curve[i][j] += p * (1 - p) * v * u
        weights = [w + d for w, d in zip(weights, solve(curve, gradient))]
    return dict(zip(names, weights))


def confidence(weights, event):
    return sigmoid(sum(weights.get(k, 0.0) * v for k, v in event.features.items()))


def calibration_error(pairs):
    bins = collections.defaultdict(list)
    for p, right in pairs:
        bins[min(9, int(p * 10))].append((p, right))
    return sum(abs(sum(p for p, _ in b) - sum(r for _, r in b)) for b in bins.values()) / len(pairs)


def log_loss(pairs):
    return -sum(math.log(p if right else 1 - p) for p, right in pairs) / len(pairs)


def part_of(event):
    return hashlib.sha256(event.document.encode()).digest()[0] % N_PARTS


def cross_validated(events, names, penalty):
    pairs = []
    for part in range(N_PARTS):
        weights = fit([e for e in events if part_of(e) != part], names, penalty)
        pairs += [(e, confidence(weights, e)) for e in events if part_of(e) == part]
    return pairs


def report(title, pairs):
    both = [(p, e.right) for e, p in pairs]
    share = sum(r for _, r in both) / len(both)
    print(f"{title:9} {len(both):4} events, right {share:.3f}, mean confidence {sum(p for p, _ in both) / len(both):.3f}, "
          f"expected calibration error {calibration_error(both):.3f}, log loss {log_loss(both):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("detente")
    parser.add_argument("--write", action="store_true", help=f"write {TABLE.relative_to(ROOT)}")
    args = parser.parse_args()
    if not SHARED.exists():
        sys.exit(f"{SHARED} is not there: nothing to fit on")
    events = [e for source in (gold_events, own_events, newswire_events) for e in source(args.detente)]
    counts = collections.Counter(k for e in events for k in e.features)
    names = sorted(k for k, n in counts.items() if n >= RARE)
    tried = {penalty: cross_validated(events, names, penalty) for penalty in PENALTIES}
    best = min(tried, key=lambda k: log_loss([(p, e.right) for e, p in tried[k]]))
    print(f"{len(events)} judged events, {len(names)} features, penalty {best:g}; cross-validated:")
    for source in ("gold", "own", "newswire"):
        report(source, [pair for pair in tried[best] if pair[0].source == source])
    report("all", tried[best])
    weights = fit(events, names, best)
    if args.write:
        rows = [f"{name}\t{weight:.3f}\n" for name, weight in sorted(weights.items(), key=lambda i: -abs(i[1])) if abs(weight) >= 0.01]
        TABLE.write_text("# Weights of a logistic function of what was known when an event was coded; made by train/fit_confidence.py.\n"
                         "# what counts\tweight\n" + "".join(f"least {kind}\t{least:g}\n" for kind, least in LEAST.items()) +
                         "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()

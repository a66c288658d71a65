#!/usr/bin/env python3
"""Codes of the actors in gold sentences: does the mention that overlaps a gold entity's words have its code?

usage: bench/entity_codes.py [GSR.jsonl] [--show N]      default: ../shared/gold/gsr-dev.jsonl

A gold record has `id`, `text`, `date`, and `actor` and `recipient` with `code` and `entity_text`. An entity counts as
right when a mention that overlaps its words has its code; of several the one that shares most characters answers,
ties going to the longer. Exit 2: no gold there.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent


def annotate(documents, tokens=False):
    """Readings by id of [{id, text, published}]."""
    exe = pathlib.Path(os.environ.get("DETENTE_BUILD_DIR", ROOT / "build" / "dev")) / "apps" / "cli" / "detente"
    model = os.environ.get("DETENTE_MODEL", str(ROOT / ".cache" / "models" / "en.dtm"))
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "in.jsonl"
        source.write_text("".join(json.dumps(d) + "\n" for d in documents), encoding="utf-8")
        out = pathlib.Path(folder) / "out"
        subprocess.run([str(exe), "annotate", str(source), "--model", model, "--out", str(out)] + ["--tokens"] * tokens, check=True,
                       stdout=subprocess.DEVNULL)
        readings = {}
        for path in out.glob("*.json"):
            reading = json.loads(path.read_text(encoding="utf-8"))
            readings[reading["document_id"]] = reading
        return readings


def words_at(text, entity_text):
    """Spans of an entity's words; `...` parts what does not stand together."""
    spans = []
    for piece in re.split(r"\s*\.\.\.?\s*", entity_text.strip()):
        at = text.find(piece)
        if piece and at >= 0:
            spans.append((at, at + len(piece)))
    if not spans:  # words that do not stand together in the text: "US forces" of "US and British forces"
        for word in re.findall(r"[\w.]{2,}", entity_text):
            at = text.find(word)
            if at >= 0:
                spans.append((at, at + len(word)))
    return spans


def answer(mentions, spans):
    best, key = None, (0, 0)
    for mention in mentions:
        shared = sum(max(0, min(e, mention["end"]) - max(b, mention["start"])) for b, e in spans)
        outside = mention["end"] - mention["start"] - shared
        if shared and (shared - 0.5 * outside, shared) > key or shared and best is None:
            best, key = mention, (shared - 0.5 * outside, shared)
    return best


def main(argv):
    show = int(argv[argv.index("--show") + 1]) if "--show" in argv else 0
    files = [a for i, a in enumerate(argv[1:], 1) if not a.startswith("--") and argv[i - 1] != "--show"]
    path = pathlib.Path(files[0]) if files else ROOT.parent / "shared" / "gold" / "gsr-dev.jsonl"
    if not path.exists():
        print(f"no gold at {path}", file=sys.stderr)
        return 2
    gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    readings = annotate([{"id": g["id"], "text": g["text"], "published": g["date"]} for g in gold])
    right = any_right = total = 0
    for g in gold:
        mentions = readings[g["id"]]["mentions"]
        for entity in g["actor"] + g["recipient"]:
            spans = words_at(g["text"], entity["entity_text"])
            total += 1
            best = answer(mentions, spans)
            code = (best or {}).get("code", "")[:3]
            right += code == entity["code"]
            any_right += any(m.get("code", "")[:3] == entity["code"] for m in mentions
                             if any(m["start"] < e and b < m["end"] for b, e in spans))
            if code != entity["code"] and show > 0:
                show -= 1
                said = g["text"][best["start"]:best["end"]] if best else None
                print(f'{g["id"]}: {entity["entity_text"]!r} is {entity["code"]}, got {code or None} from {said!r}\n'
                      f'    {g["text"]}')
    print(f"codes of gold entities     {right / total:.3f}  ({right}/{total})")
    print(f"  some overlapping mention {any_right / total:.3f}  ({any_right}/{total})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))

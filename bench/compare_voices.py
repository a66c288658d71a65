#!/usr/bin/env python3
"""Who says so, and who is who: Detente and, beside it, Stanford CoreNLP's quote annotator and its statistical coreference
on the same documents, by the same scorer.

    bench/compare_voices.py GOLD [--detente build/bench/apps/cli/detente] [--no-peer]

GOLD holds wikinews/, wikinews.jsonl and score_text.py. CoreNLP gives voices to quotations alone, so it is compared where
it applies: with those voices of the gold, and of either system, that stand beside a quotation. It comes from Maven as
for compare_times and is never shipped. It needs some 5 GB of memory.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import peers

QUOTATION = re.compile(r"[\"“][^\"“”\n]*[\"”]?|«[^»\n]*»")
BESIDE = 40  # a voice is beside a quotation that is no more characters away, on its line


def beside_quotation(text, attribution):
    """Whether the cue (else the source) of an attribution stands beside words in quotation marks."""
    begin, end = attribution.get("cue") or attribution.get("source")
    line = text.rfind("\n", 0, begin) + 1
    stop = text.find("\n", end)
    before, behind = max(line, begin - BESIDE), min(stop if stop >= 0 else len(text), end + BESIDE)
    return any(q.start() < behind and before < q.end() for q in QUOTATION.finditer(text, line, stop if stop >= 0 else len(text)))


def only_beside_quotations(folder, ending, texts, out):
    """Copies the readings (or golds) of a folder with only such attributions."""
    out.mkdir()
    for path in folder.glob("*" + ending):
        reading = json.loads(path.read_text(encoding="utf-8"))
        text = texts[path.name.removesuffix(ending)]
        reading["attributions"] = [a for a in reading["attributions"]
                                   if (a.get("cue") or a.get("source")) and beside_quotation(text, a)]
        (out / path.name).write_text(json.dumps(reading), encoding="utf-8")
    return out


def scores(scorer, gold, coded):
    scored = subprocess.run([sys.executable, scorer, gold, coded], check=True, capture_output=True, text=True).stdout
    return {line[:26].strip(): line[27:] for line in scored.splitlines()}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path, nargs="?", default=peers.SHARED / "gold")
    parser.add_argument("--detente", type=pathlib.Path, default=peers.BUILD / "apps/cli/detente")
    parser.add_argument("--no-peer", action="store_true")
    arguments = parser.parse_args()
    documents, scorer = arguments.gold / "wikinews.jsonl", arguments.gold / "score_text.py"
    texts = {d["id"]: d["text"] for d in map(json.loads, documents.read_text(encoding="utf-8").splitlines())}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        systems = {"Detente": folder / "detente"}
        subprocess.run([arguments.detente, "annotate", documents, "--out", systems["Detente"]], check=True)
        if not arguments.no_peer:
            systems["CoreNLP"] = folder / "corenlp"
            systems["CoreNLP"].mkdir()
            peers.run_corenlp("Voices", "6g", documents, systems["CoreNLP"])
        gold = arguments.gold / "wikinews"
        quoted_gold = only_beside_quotations(gold, ".gold.json", texts, folder / "gold")
        print(f"{len(texts)} documents")
        for name, coded in systems.items():
            whole = scores(scorer, gold, coded)
            quoted = scores(scorer, quoted_gold, only_beside_quotations(coded, ".json", texts, folder / (name + ".quoted")))
            print(f"{name:8} voices, all:                    {whole['attributions']}")
            print(f"{name:8} voices, all, with source:       {whole['attributions with source']}")
            print(f"{name:8} voices beside quotations:       {quoted['attributions']}")
            print(f"{name:8} the same, with source:          {quoted['attributions with source']}")
            print(f"{name:8} coreference, B-cubed:           {whole['coreference (B-cubed)']}")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""How right commitments and expectations are, on sets of our own that were written before the rules.

    ./dev bench score_outlook [--show] [--half working|kept|both|second|third|fourth|fifth|sixth]

bench/outlook/expectations.tsv: sentences with and without expectations; an expectation is found when a record of the
sentence names who expects it. stories.jsonl: a promise and what became of it, in several documents, followed by
outlook_probe. plain_news.jsonl: news without promises. A hash of its name puts each item in the working half, looked at
while the rules were written, or the kept half, looked at once they stood. The second set (second_*.tsv, .jsonl) was
written after those rules and scored as they stood, the third after what the second taught, the fourth after the third, the
fifth (stories alone) after the fourth; they have days of their own, more holders and longer sentences.
"""
import argparse
import json
import pathlib
import subprocess
import tempfile
import zlib

import peers

HERE = pathlib.Path(__file__).resolve().parent / "outlook"
DETENTE = peers.BUILD / "apps" / "cli" / "detente"
PROBE = peers.BUILD / "bench" / "outlook_probe"
INTERNATIONAL = {"EUR": "IGO", "UNO": "IGO"}


def half_of(name):
    return "kept" if zlib.crc32(name.encode()) % 2 else "working"


def table(name):
    lines = [line.rstrip("\n") for line in open(HERE / name, encoding="utf-8") if not line.startswith("#")]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]


def json_lines(name):
    return [json.loads(line) for line in open(HERE / name, encoding="utf-8")]


def coded(documents, only):
    """Records of one kind by document id."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        lines.writelines(json.dumps(d) + "\n" for d in documents)
        lines.flush()
        run = subprocess.run([DETENTE, "code", lines.name, "--model", peers.MODEL, "--only", only, "--format", "json"],
                             stdout=subprocess.PIPE)
    records = {}
    for line in run.stdout.decode().split("\n"):
        if line:
            record = json.loads(line)
            records.setdefault(record["document_id"], []).append(record)
    return records


def codes(entities):
    return {INTERNATIONAL.get(e["code"], e["code"]) for e in entities if e["code"]}


def plain(text):
    return "".join(c for c in text.lower() if c.isalnum())


def is_holder(record, name):
    names = [plain(record["by"].get(k, "")) for k in ("entity_text", "identifier_text")]
    ways = name.split("|")
    if not any(names):
        return "-" in ways
    return any(n and (plain(one) in n or n in plain(one)) for n in names for one in ways if one != "-")


def score_expectations(rows, show):
    records = coded([{"id": r["id"], "text": r["text"], "published": r.get("published", "2024-05-15")} for r in rows], "expectations")
    tally = dict.fromkeys("found wanted given direction about hedge horizon horizons".split(), 0)
    for row in rows:
        mine = records.get(row["id"], [])
        tally["given"] += len(mine)
        problems = []
        if row["by"]:
            tally["wanted"] += 1
            hits = [r for r in mine if is_holder(r, row["by"])]
            if not hits:
                problems.append("missing" if not mine else "by " + json.dumps(mine[0]["by"]["entity_text"]))
            else:
                directions = row["direction"].split("|")
                wanted = [{INTERNATIONAL.get(c, c) for c in parties.split("+")} for parties in row["about"].split("|")]
                best = max(hits, key=lambda r: (r["direction"] in directions, codes(r["about"]) in wanted))
                tally["found"] += 1
                checks = {"direction": best["direction"] in directions, "about": codes(best["about"]) in wanted,
                          "hedge": any(h in best["hedge"].lower() or best["hedge"].lower() in h for h in row["hedge"].split("|"))}
                for what, good in checks.items():
                    tally[what] += good
                    if not good:
                        problems.append(f"{what} {sorted(codes(best['about'])) if what == 'about' else best[what]}")
                if row["horizon"]:
                    tally["horizons"] += 1
                    told, wanted = plain(best.get("horizon", {}).get("text", "")), plain(row["horizon"])
                    good = bool(told) and (told in wanted or wanted in told)
                    tally["horizon"] += good
                    if not good:
                        problems.append("horizon")
            if len(mine) > 1:
                problems.append(f"{len(mine)} records")
        elif mine:
            problems.append("wrongly: " + mine[0]["direction"] + " " + mine[0]["hedge"])
        if show and problems:
            print(f"  {row['id']} {'; '.join(problems)}: {row['text']}")
    precision, recall = tally["found"] / max(1, tally["given"]), tally["found"] / max(1, tally["wanted"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    found = max(1, tally["found"])
    print(f"expectations   {len(rows)} sentences, {tally['wanted']} with one: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; of the found, "
          f"direction {tally['direction'] / found:.3f}, about {tally['about'] / found:.3f}, hedge {tally['hedge'] / found:.3f}, "
          f"horizon {tally['horizon']}/{tally['horizons']}")


def touches(row, story):
    content = row["content"].lower() + " " + " ".join(row["words"])
    return set(story["by"]) <= codes(row["by"]) and any(w.lower() in content for w in story["words"])


def status_of(row):
    """"broken?" is no status of its own: the last step of an open commitment."""
    return "broken?" if row["status"] == "open" and any(s["status"] == "broken?" for s in row["history"]) else row["status"]


def followed(stories):
    """The commitments of each story."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for story in stories:
            files.append(pathlib.Path(folder) / (story["id"] + ".jsonl"))
            files[-1].write_text("".join(json.dumps(d) + "\n" for d in story["documents"]), encoding="utf-8")
        run = subprocess.run([PROBE, peers.MODEL, *files], stdout=subprocess.PIPE, check=True)
    rows = [json.loads(line) for line in run.stdout.decode().split("\n") if line]
    return [[r for r in rows if r["file"] == str(file)] for file in files]


def score_stories(stories, show):
    right = wrong_broken = n_found = 0
    for story, rows in zip(stories, followed(stories)):
        mine = [r for r in rows if touches(r, story)]
        n_found += bool(mine)
        # The first telling is the commitment; a second row for it would be an error of identity.
        status = status_of(mine[0]) if mine else "none"
        right += status in story["status"].split("|")
        wrong_broken += status == "broken" and "broken" not in story["status"].split("|")
        if show and status not in story["status"].split("|"):
            print(f"  {story['id']} {status}, not {story['status']}: " + " / ".join(d["text"] for d in story["documents"]))
            for r in rows:
                print("      ", r["status"], sorted(codes(r["by"])), r["content"], r["words"], [s["status"] for s in r["history"]])
    n = len(stories)
    print(f"stories        {n}: found {n_found / n:.3f}, status right {right / n:.3f}, wrongly broken {wrong_broken / n:.3f}")


def score_plain(documents, show):
    records = coded(documents, "commitments")
    n = sum(map(len, records.values()))
    if show:
        for found in records.values():
            print("  wrongly:", [r["content"] for r in found])
    print(f"plain news     {len(documents)} documents, {n} commitments: {n / len(documents):.3f} a document")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="what went wrong, item by item")
    parser.add_argument("--half", default="both", choices=["working", "kept", "both", "second", "third", "fourth", "fifth", "sixth"])
    arguments = parser.parse_args()
    if arguments.half not in ("working", "kept", "both"):
        print(f"== {arguments.half} set")
        if (HERE / f"{arguments.half}_expectations.tsv").exists():
            score_expectations(table(f"{arguments.half}_expectations.tsv"), arguments.show)
        if (HERE / f"{arguments.half}_stories.jsonl").exists():
            score_stories(json_lines(f"{arguments.half}_stories.jsonl"), arguments.show)
        return
    stories, news = json_lines("stories.jsonl"), json_lines("plain_news.jsonl")
    for half in ("working", "kept") if arguments.half == "both" else (arguments.half,):
        print(f"== {half} half")
        score_expectations([r for r in table("expectations.tsv") if half_of(r["id"]) == half], arguments.show)
        if PROBE.exists():
            score_stories([s for s in stories if half_of(s["id"]) == half], arguments.show)
        score_plain([d for d in news if half_of(d["id"]) == half], arguments.show)


if __name__ == "__main__":
    main()

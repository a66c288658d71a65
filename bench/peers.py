"""What the benches share: places of the shared texts, the probes, and a table of medians."""
import json
import os
import pathlib
import statistics
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
PIPELINE = HERE.parent / ".cache" / "models" / "en_core_web_sm-3.8.0"
BUILD = pathlib.Path(os.environ.get("DETENTE_BUILD_DIR", HERE.parent / "build" / "bench"))
MODEL = pathlib.Path(os.environ.get("DETENTE_MODEL", HERE.parent / ".cache" / "models" / "en.dtm"))
NEWSWIRE = SHARED / "corpora" / "worldwide-newswire.jsonl"


def texts_of(path):
    """Texts of a .jsonl file (field text) or of a .txt file."""
    if path.suffix != ".jsonl":
        return [path.read_text(encoding="utf-8")]
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").split("\n") if line]


def shared_files():
    """All texts that the checkout can see: gold, corpora, and the nasty ones of our own."""
    files = sorted((SHARED / "gold").glob("*.txt")) + sorted((SHARED / "gold").glob("*.jsonl"))
    files += sorted((SHARED / "corpora").glob("*.jsonl"))
    return files + [HERE / "nasty_texts.jsonl"]


def machine():
    cpu = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "?")
    commit = subprocess.run(["git", "-C", HERE, "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return f"{cpu}, {os.cpu_count()} cores, commit {commit.stdout.strip() or '?'}"


def spread(values):
    """'median (least–most)' with three figures."""
    def short(v):
        return f"{v:,.0f}" if v >= 100 else f"{v:.3g}"
    return f"{short(statistics.median(values))} ({short(min(values))}–{short(max(values))})"


def reader_probe(path, threads=1):
    """One timed run of the reader alone over a JSON lines file."""
    return _probe("reader_probe", "time", MODEL, path, threads)


def code_probe(path, *rules):
    """One timed run of the whole pipeline on one thread; `rules`: a folder read after ours."""
    return _probe("code_probe", MODEL, HERE.parent / "data", HERE.parent / ".cache" / "places", path, *rules)


def _probe(name, *args):
    run = subprocess.run([BUILD / "bench" / name, *map(str, args)], stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def run_corenlp(probe, memory, *arguments):
    """Runs one of our probes of Stanford CoreNLP. Its jars (some 490 MB) come from Maven, once."""
    source, cache = HERE / "peers" / "corenlp", HERE.parent / ".cache" / "peers" / "corenlp"
    jars, classes = cache / "lib", cache / "classes"
    if not jars.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mvn", "-q", "-B", "-f", source / "pom.xml", "dependency:copy-dependencies",
                        f"-DoutputDirectory={jars}"], check=True)
    classes.mkdir(parents=True, exist_ok=True)
    subprocess.run(["javac", "-cp", f"{jars}/*", "-d", classes, source / f"{probe}.java"], check=True)
    subprocess.run(["java", f"-Xmx{memory}", "-cp", f"{jars}/*:{classes}", probe, *arguments], check=True)

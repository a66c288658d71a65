#!/usr/bin/env python3
"""Maps rot unless a test reads them. Checks that

  * every path that a page or a comment names exists;
  * each room has its section in ARCHITECTURE.md, titled by its question, and no section lacks its room;
  * each dependency of CMake has its line in third_party/README.md;
  * no text names a path of somebody's machine or a host of a package registry.
"""
import argparse
import pathlib
import re
import sys

SKIPPED_FOLDERS = {".git", "build", ".cache", "__pycache__"}
TEXT_SUFFIXES = {".md", ".h", ".cpp", ".py", ".txt", ".cmake", ".json", ".tsv", ".toml", ".sh", ".yml", ".case", ".html", ""}
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)")
TICKED = re.compile(r"`([\w.+-]+(?:/[\w.+-]+)*/?)`")
COMMENTED = re.compile(r"(?<![\w/.])((?:docs|tests|tools|models|data)/[\w./-]*\w\.(?:md|py|txt|tsv|cpp|h))\b")
HEADING = re.compile(r"^#{2,4} `(\w+)`(.*)$", re.MULTILINE)
DEPENDENCY = re.compile(r"(?:find_package|pkg_check_modules)\s*\(\s*(\w+)")
# Written in pieces, so that this file does not name them itself.
FORBIDDEN = re.compile("|".join([
    r"(?<![\w.])/wo" r"rk/", r"(?<![\w.])/ro" r"ot/", r"(?<![\w.])/ho" r"me/\w", r"(?<![\w.])/Us" r"ers/\w",
    r"py" r"pi\.org", r"python" r"hosted\.org", r"deb\.deb" r"ian\.org", r"archive\.ubu" r"ntu", r"crates\." r"io",
    r"registry\.npm" r"js", r"proxy\.gol" r"ang", r"repo1?\.ma" r"ven", r"hugging" r"face\.co",
]))


def text_files(root):
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if SKIPPED_FOLDERS & set(parts) or parts[:2] == ("fuzz", "corpus") or (parts[0] == "third_party" and len(parts) > 2):
            continue
        if path.is_file() and path.suffix in TEXT_SUFFIXES:
            yield path


def lines_of(path):
    return enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)


def is_path(name, root):
    """Whether the words in back-ticks mean a path of this tree: its first folder is one of ours."""
    first, slash, _ = name.partition("/")
    return bool(slash) and first not in SKIPPED_FOLDERS and (root / first).is_dir() and not re.search(r"[A-Z]{3,}(?!.*\.md)", name)


def named_paths(path, root):
    """(line, name, whether it exists) of every path that a file names."""
    fenced = False
    for number, line in lines_of(path):
        if path.suffix == ".md":
            fenced ^= line.startswith("```")
            for name in [] if fenced else LINK.findall(line):  # what a command printed is no link
                yield number, name, (path.parent / name).exists()
            for name in TICKED.findall(line):
                if is_path(name, root):
                    yield number, name, (root / name).exists() or (path.parent / name).exists()
        elif path.suffix in {".h", ".cpp"}:
            for name in COMMENTED.findall(line):
                yield number, name, (root / name).exists()


def check_tree(root):
    faults = []
    for path in text_files(root):
        where = path.relative_to(root)
        if where.parts[0] != "tests" or path.suffix == ".md":
            for number, name, exists in named_paths(path, root):
                if not exists:
                    faults.append(f"{where}:{number}: {name} is not there")
        for number, line in lines_of(path):
            found = FORBIDDEN.search(line)
            if found:
                faults.append(f"{where}:{number}: '{found.group()}' belongs to one machine or one host")

    architecture = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    sections = dict(HEADING.findall(architecture))
    rooms = {p.name for p in (root / "src" / "detente").iterdir() if p.is_dir()}
    for room in sorted(rooms - set(sections)):
        faults.append(f"ARCHITECTURE.md:1: room '{room}' has no section")
    for room in sorted(set(sections) - rooms):
        faults.append(f"ARCHITECTURE.md:1: section '{room}' has no room")
    for room, title in sections.items():
        if not title.rstrip().endswith("?"):
            faults.append(f"ARCHITECTURE.md:1: section '{room}' is not titled by a question")

    explained = (root / "third_party" / "README.md").read_text(encoding="utf-8")
    cmake = root / "cmake" / "DetenteDependencies.cmake"
    for name in sorted(set(DEPENDENCY.findall(cmake.read_text(encoding="utf-8"))) - {"PkgConfig"}):
        if f"`{name}`" not in explained:
            faults.append(f"third_party/README.md:1: dependency `{name}` of {cmake.name} has no line")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    faults = check_tree(parser.parse_args().root)
    print("\n".join(faults) if faults else "check_docs: the maps are true")
    if faults:
        sys.exit(f"check_docs: {len(faults)} faults")


if __name__ == "__main__":
    main()

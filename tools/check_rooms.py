#!/usr/bin/env python3
"""Holds every #include against the walls of tools/rooms.txt; prints file:line and the rule that is broken.

A room may include the rooms that its line names, each only through its door (<room>/<room>.h, or the header of the
value it hands on, named after `;`), any header of base/, and its own files. The front door's headers are included by
`base`, which passes them on, and by `engine` and `ledger`, which implement them. Installed headers include each other
alone; apps include the installed headers, the doors of engine and score and their own folder. CMake's DEPENDS may name no room that rooms.txt
does not allow.
"""
import argparse
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
ROOM_CALL = re.compile(r"detente_room\(\s*(\w+)(.*?)\)", re.DOTALL)
SUFFIXES = {".h", ".cpp", ".inc"}

APP_DOORS = {"detente/engine/engine.h", "detente/score/score.h"}

def read_rooms(path):
    """{room: rooms it may include}, {room: its doors}, and what is wrong with the table itself."""
    rooms, doors, faults = {}, {}, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        room, _, rest = line.partition(":")
        allowed, _, values = rest.partition(";")
        allowed = allowed.split()
        for name in allowed:
            if name not in rooms:
                faults.append(f"{path}:{number}: room '{room}' names '{name}', which is not above it")
        rooms[room] = set(allowed)
        doors[room] = [room + ".h", *values.split()]
    return rooms, doors, faults


def includes(path):
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def room_rule(room, header, rooms, doors):
    """Why a file of `room` must not include `header`, or None."""
    parts = header.split("/")
    if parts[0] != "detente":
        return None
    if len(parts) == 2:
        # base hands on the front door's own small values (Result, Date, TextSpan); engine and ledger implement it.
        return None if room in ("engine", "base", "ledger") else "the front door (include/detente/) is for users; rooms stay behind it"
    other = parts[1]
    if other == room or (other == "base" and (room == "base" or "base" in rooms[room])):
        return None
    if other not in rooms:
        return f"'{other}' is no room of tools/rooms.txt"
    if other not in rooms[room]:
        return f"room '{room}' may not include room '{other}'"
    if "/".join(parts[2:]) not in doors[other]:
        return f"room '{other}' is entered by its door, detente/{other}/{other}.h"
    return None


def check_tree(root):
    rooms, doors, faults = read_rooms(root / "tools" / "rooms.txt")
    source = root / "src" / "detente"
    for folder in sorted(p for p in source.glob("*") if p.is_dir()):
        room = folder.name
        if room not in rooms:
            faults.append(f"{folder}:1: '{room}' is no room of tools/rooms.txt")
            continue
        for path in sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES):
            for number, bracket, header in includes(path):
                rule = room_rule(room, header, rooms, doors)
                if not rule and bracket == '"' and not header.startswith("detente/"):
                    rule = "our own headers are included from the root, as detente/..."
                if rule:
                    faults.append(f"{path}:{number}: {header}: {rule}")
        cmake = folder / "CMakeLists.txt"
        for call in ROOM_CALL.finditer(cmake.read_text(encoding="utf-8") if cmake.exists() else ""):
            depends = re.search(r"DEPENDS\s+([a-z_\s]+)", call.group(2))
            for name in depends.group(1).split() if depends else []:
                if name not in rooms[room]:
                    faults.append(f"{cmake}:1: room '{room}' may not depend on '{name}'")

    for path in sorted((root / "include").rglob("*.h")):
        for number, bracket, header in includes(path):
            installed = header.startswith("detente/") and (root / "include" / header).exists()
            if (bracket == '"' and not installed) or (header.startswith("detente/") and not installed):
                faults.append(f"{path}:{number}: {header}: an installed header includes installed headers alone")

    for path in sorted(p for p in (root / "apps").rglob("*") if p.suffix in SUFFIXES):
        for number, bracket, header in includes(path):
            if header.startswith("detente/"):
                if header.count("/") > 1 and header not in APP_DOORS:
                    faults.append(f"{path}:{number}: {header}: apps include include/detente/ and the doors of engine and score alone")
            elif bracket == '"' and not (path.parent / header).exists() and not (root / header).exists():
                faults.append(f"{path}:{number}: {header}: apps include include/detente/ and their own folder")
    return faults


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    root = parser.parse_args().root
    faults = check_tree(root)
    for fault in faults:
        print(fault.replace(f"{root}/", ""))
    if faults:
        sys.exit(f"check_rooms: {len(faults)} includes go through a wall")
    print("check_rooms: all walls stand")


if __name__ == "__main__":
    main()

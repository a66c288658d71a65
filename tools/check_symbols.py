#!/usr/bin/env python3
"""Holds the rooms' libraries against what a room never does: print, stop the program, read the environment,
start a process, open the network.

    tools/check_symbols.py build/dev/src/detente/parse/libdetente_parse.a ...
"""
import re
import subprocess
import sys

FORBIDDEN = {
    "prints": r"_ZSt4cout|_ZSt4cerr|_ZSt4clog|_ZSt5wcout|printf|vprintf|puts|putchar|__printf_chk|perror"
              r"|fprintf|vfprintf|__fprintf_chk|__vfprintf_chk|fputs|stdout|stderr",
    "stops the program": r"abort|exit|_exit|quick_exit",
    "reads the environment": r"getenv|secure_getenv|environ",
    "starts a process": r"system|popen|fork|vfork|execv|execve|execvp|posix_spawn|posix_spawnp",
    "opens the network": r"socket|connect|bind|listen|getaddrinfo|gethostbyname",
    "asks the clock or chance": r"_ZNSt6chrono3_V212system_clock3nowEv|rand|srand|random|_ZNSt13random_device.*",
}


def breaches(archive):
    listing = subprocess.run(["nm", "--undefined-only", "--print-file-name", archive],
                             check=True, capture_output=True, text=True).stdout
    for line in listing.splitlines():
        place, _, symbol = line.rpartition(" ")
        for deed, pattern in FORBIDDEN.items():
            if re.fullmatch(pattern, symbol):
                yield f"{place.split(': ')[0]}: {symbol}: a room never {deed}"


def main():
    archives = sys.argv[1:]
    if not archives:
        sys.exit(__doc__)
    found = [breach for archive in archives for breach in breaches(archive)]
    print("\n".join(found))
    if found:
        sys.exit(f"check_symbols: {len(found)} symbols that have no place in a room")
    print(f"check_symbols: {len(archives)} libraries keep to themselves")


if __name__ == "__main__":
    main()

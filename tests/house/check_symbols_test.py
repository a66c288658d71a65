#!/usr/bin/env python3
"""The guard of the symbols must bark: check_symbols_test.py COMPILER."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import check_symbols  # noqa: E402

COMPILER = sys.argv.pop()


class CheckSymbols(unittest.TestCase):
    def breaches(self, code):
        with tempfile.TemporaryDirectory() as folder:
            source, made = pathlib.Path(folder, "room.cpp"), pathlib.Path(folder, "room.o")
            source.write_text(code)
            subprocess.run([COMPILER, "-std=c++20", "-c", source, "-o", made], check=True)
            return list(check_symbols.breaches(made))

    def test_finds_what_a_room_never_does(self):
        for code in ('#include <iostream>\nvoid f() { std::cout << 1; }', '#include <cstdio>\nvoid f(int i) { printf("%d", i); }',
                     '#include <cstdlib>\nvoid f() { std::abort(); }', '#include <cstdlib>\nchar* f() { return std::getenv("A"); }',
                     '#include <chrono>\nauto f() { return std::chrono::system_clock::now(); }'):
            with self.subTest(code):
                self.assertTrue(self.breaches(code))

    def test_lets_pass_what_is_allowed(self):
        self.assertEqual([], self.breaches("#include <string>\nstd::string f(int i) { return std::to_string(i); }"))


if __name__ == "__main__":
    unittest.main()

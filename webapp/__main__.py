"""``python -m webapp``: the same as the command ``krajina``."""

from webapp.cli import main

main()

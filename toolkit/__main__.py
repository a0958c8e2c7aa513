"""Starts the command line: ``python -m toolkit``, and the entry of the frozen program."""

from toolkit.cli.entry import main

if __name__ == "__main__":
    main()

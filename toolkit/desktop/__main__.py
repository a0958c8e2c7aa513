"""``python -m toolkit.desktop [folder or jixiao://…]``: the window."""

import sys

from toolkit.desktop.application import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))

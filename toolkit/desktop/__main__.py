"""``python -m toolkit.desktop``: the window."""

from toolkit.desktop.application import main

if __name__ == "__main__":
    main()

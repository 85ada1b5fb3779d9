"""``python -m romyen``: the same door as the command ``romyen``."""

from romyen.cli import main

if __name__ == "__main__":
    main()

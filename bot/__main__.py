"""`python -m bot` is `triagram`."""

from bot.cli import main

if __name__ == "__main__":
    main()

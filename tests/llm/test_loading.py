"""Whoever reads by rules does not wait for the libraries of models."""

import subprocess
import sys

WHAT_RUNS = (
    "import sys, bot.running; print(sorted({'pydantic_ai', 'openai', 'genai_prices'} & set(sys.modules)))"
)


def test_the_program_starts_without_the_libraries_of_models() -> None:
    loaded = subprocess.run([sys.executable, "-c", WHAT_RUNS], capture_output=True, text=True, check=True)  # noqa: S603 -- our own interpreter
    assert loaded.stdout.strip() == "[]"

# The same words CI runs. Needs Python 3.11 to 3.14, make and a package index.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: install demo test check lint types contracts format bench soak clean

install: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $(READY)

demo: $(READY)
	$(BIN)/triagram demo

test: $(READY)
	$(BIN)/python -m pytest -n 4 --dist worksteal

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/pyright

contracts: $(READY)
	$(BIN)/lint-imports --no-cache

check: lint types contracts test

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY)
	$(BIN)/python -m tests.bench

soak: $(READY)
	$(BIN)/python -m pytest tests/soak --full -n 1
	$(BIN)/python -m pytest tests --ignore tests/soak --full -m long -n 1

lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --no-strip-extras --generate-hashes --python-version 3.11 -o requirements.lock -q

clean:
	rm -rf .venv

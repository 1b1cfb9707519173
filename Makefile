# Two commands on a machine that has python3.11, make and a package index: `make demo`, `make test`.

PYTHON ?= python3.11
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: demo test check format teach names lock clean

demo: $(STAMP)
	$(BIN)/trichtin demo

test: check
	$(BIN)/pytest -q

check: $(STAMP)
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

# Everything that is installed is pinned with its hash. uv is quicker than pip, and pip is there where
# only pip is told of an index.
$(STAMP): requirements.lock requirements-uv.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --require-hashes -r requirements-uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
	  || $(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(STAMP)

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The weights of extractors/models, again from labels, cases and the articles beside the checkout.
teach: $(STAMP)
	$(BIN)/trichtin teach ../shared/pool/articles.jsonl.gz ../shared/gold/seeds ../shared/gold/dev

# The model of names, again from rules, votes and labels: some ten minutes.
names: $(STAMP)
	$(BIN)/trichtin train-ner ../shared/pool/articles.jsonl.gz

# No address of an index gets into the lock files. What runs in containers is a part of what is tested.
lock:
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --group dev --extra cluster pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --generate-hashes --no-header --no-annotate --no-emit-index-url \
	  --extra cluster --constraint requirements.lock pyproject.toml -o requirements-run.lock
	echo "uv==$$($(BIN)/uv --version | cut -d' ' -f2)" | $(BIN)/uv pip compile --quiet --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url - -o requirements-uv.lock

clean:
	rm -rf .venv demo-data .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

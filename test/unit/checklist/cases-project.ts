/** Small projects for each item about the project itself: manifests, tests, workflow, containers. */

import type { Cases } from "./cases.ts";

const manifest = (dependencies: string, rest = ""): string =>
  `[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.12"\ndependencies = [${dependencies}]\n${rest}`;
const CODE = "def total(prices: list[int]) -> int:\n    return sum(prices)\n";
const TEST = Array.from({ length: 5 }, (_, n) => `def test_${n}():\n    assert ${n} == ${n}\n`).join("\n");
const workflow = (steps: string, on = "push:"): string =>
  `on:\n  ${on}\njobs:\n  test:\n    steps:\n${steps
    .split("\n")
    .map((step) => `      - ${step}`)
    .join("\n")}\n`;

export const PROJECT_CASES: Cases = {
  "python-version-declared": {
    proven: { "pyproject.toml": manifest("") },
    partly: { "pyproject.toml": manifest("").replace("3.12", "3.8") },
    missing: { "pyproject.toml": '[project]\nname = "shop"\n' },
    "cannot-tell": { "pyproject.toml": manifest("").replace(">=3.12", "new") },
  },
  "manifest-present": {
    proven: { "pyproject.toml": manifest('"httpx"'), "a.py": "import httpx\n" },
    partly: { "pyproject.toml": manifest('"httpx"'), "a.py": "import requests\n" },
    missing: { "a.py": CODE },
    "cannot-tell": { "pyproject.toml": "[project\n" },
  },
  "dependencies-locked": {
    proven: {
      "pyproject.toml": manifest('"httpx"'),
      "uv.lock": '[[package]]\nname = "httpx"\nversion = "0.28"\n',
    },
    partly: { "requirements.txt": "httpx==0.28\n" },
    missing: { "pyproject.toml": manifest('"httpx"') },
    "not-applicable": {
      "pyproject.toml": `[build-system]\nrequires = ["hatchling"]\n${manifest('"httpx"', 'classifiers = ["Private :: Do Not Upload"]\n')}`,
    },
  },
  "dev-dependencies-separated": {
    proven: { "pyproject.toml": manifest('"httpx"', '[dependency-groups]\ndev = ["pytest"]\n') },
    partly: { "pyproject.toml": manifest('"httpx", "black"', '[dependency-groups]\ndev = ["pytest"]\n') },
    missing: { "pyproject.toml": manifest('"httpx"') },
  },
  "environment-isolated": {
    proven: { ".gitignore": ".venv/\n", "uv.lock": "" },
    partly: { ".gitignore": ".venv/\n" },
    missing: { ".gitignore": "*.pyc\n" },
  },
  "package-layout-clear": {
    proven: { "shop/__init__.py": "", "shop/a.py": CODE, "shop/b.py": "import shop.a\n", "shop/c.py": "" },
    partly: {
      "shop/__init__.py": "",
      "shop/a.py": "import shop.b\n",
      "shop/b.py": "from . import c\n",
      "shop/c.py": "from shop import a\n",
    },
    "not-applicable": { "README.md": "" },
  },
  "tests-exist": {
    proven: { "tests/test_a.py": TEST },
    partly: { "tests/test_a.py": "def test_a():\n    print(1)\n" },
    missing: { "a.py": CODE },
  },
  "tests-configured": {
    proven: {
      "pyproject.toml": manifest(
        '"pytest"',
        '[tool.pytest.ini_options]\ntestpaths = ["tests"]\naddopts = "--strict-markers"\n',
      ),
    },
    partly: { "pyproject.toml": manifest("", '[dependency-groups]\ndev = ["pytest"]\n') },
    missing: { "a.py": CODE },
  },
  "regression-tests-kept": {
    proven: { "tests/test_a.py": "def test_issue_12_total_is_kept():\n    assert True\n" },
    "cannot-tell": { "tests/test_a.py": TEST },
  },
  "coverage-measured": {
    proven: {
      "pyproject.toml": "[tool.coverage.run]\nbranch = true\n[tool.coverage.report]\nfail_under = 90\n",
    },
    partly: { "pyproject.toml": "[tool.coverage.run]\nbranch = true\n" },
    missing: { "a.py": CODE },
  },
  "git-repository": {
    proven: { ".git/HEAD": "ref: refs/heads/main\n", ".git/refs/heads/main": "0".repeat(40), "a.py": CODE },
    partly: { ".git/HEAD": "ref: refs/heads/main\n", "a.py": CODE },
    missing: { "a.py": CODE },
  },
  "gitignore-python": {
    proven: { ".gitignore": ".venv/\n__pycache__/\n.env\n" },
    partly: { ".gitignore": ".venv/\n" },
    missing: { "a.py": CODE },
  },
  "lint-and-format-configured": {
    proven: { "pyproject.toml": "[tool.ruff]\nline-length = 100\n" },
    partly: { "pyproject.toml": manifest("", '[dependency-groups]\ndev = ["flake8"]\n') },
    missing: { "a.py": CODE },
  },
  "type-checker-configured": {
    proven: {
      "pyproject.toml": "[tool.mypy]\nstrict = true\n",
      ".github/workflows/ci.yml": workflow("run: mypy shop"),
    },
    partly: { "pyproject.toml": "[tool.mypy]\nstrict = true\n" },
    missing: { "a.py": CODE },
  },
  "pre-commit-configured": {
    proven: {
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://example.org/ruff\n    rev: v1.0\n    hooks:\n      - id: ruff-check\n",
    },
    partly: {
      ".pre-commit-config.yaml":
        "repos:\n  - repo: https://example.org/ruff\n    rev: main\n    hooks:\n      - id: ruff-check\n",
    },
    missing: { "a.py": CODE },
  },
  "ci-runs-tests": {
    proven: { ".github/workflows/ci.yml": workflow("run: make test"), Makefile: "test:\n\tpytest -q\n" },
    partly: { ".github/workflows/ci.yml": workflow("run: pytest || true") },
    missing: { ".github/workflows/ci.yml": workflow("run: echo hello") },
    "cannot-tell": {
      ".github/workflows/ci.yml":
        "on: push\njobs:\n  test:\n    uses: other/repository/.github/workflows/test.yml@v1\n",
    },
  },
  "ci-runs-checks": {
    proven: { ".github/workflows/ci.yml": workflow("run: uv sync --locked\nrun: ruff check\nrun: mypy .") },
    partly: { ".github/workflows/ci.yml": workflow("run: ruff check") },
    missing: { "a.py": CODE },
  },
  "review-process-visible": {
    proven: {
      ".github/PULL_REQUEST_TEMPLATE.md": "",
      ".github/CODEOWNERS": "",
      ".github/ISSUE_TEMPLATE/bug.yml": "",
    },
    partly: { ".github/CODEOWNERS": "" },
    missing: { "a.py": CODE },
  },
  "readme-useful": {
    proven: { "README.md": "# Shop\n## Install\n## Run\n## Tests\n" },
    partly: { "README.md": "# Shop\n## Install\n" },
    missing: { "a.py": CODE },
  },
  "changelog-kept": {
    proven: { "CHANGELOG.md": "# Changes\n" },
    "cannot-tell": { "a.py": CODE },
  },
  "container-image-ready": {
    proven: {
      Dockerfile:
        'FROM python:3.13-slim AS build\nRUN uv sync --locked\nFROM python:3.13-slim\nCOPY --from=build /app /app\nUSER app\nCMD ["gunicorn", "shop"]\n',
      ".dockerignore": ".git\n.env\n.venv\n",
    },
    partly: { Dockerfile: "FROM python:latest\nRUN pip install flask\nCMD flask run\n" },
    missing: { "a.py": CODE },
    "not-applicable": { "serverless.yml": "service: shop\n" },
  },
  "compose-for-local": {
    proven: {
      "compose.yaml":
        "services:\n  web:\n    build: .\n  db:\n    image: postgres:17\n    healthcheck:\n      test: pg_isready\n",
      "pyproject.toml": manifest('"psycopg"'),
    },
    partly: { "compose.yaml": "services:\n  web:\n    build: .\n", "pyproject.toml": manifest('"psycopg"') },
    missing: { "pyproject.toml": manifest('"psycopg"') },
    "not-applicable": { "a.py": CODE },
  },
  "ci-least-privilege": {
    proven: {
      ".github/workflows/ci.yml": `permissions:\n  contents: read\n${workflow(`uses: actions/checkout@v5\nuses: a/b@${"0".repeat(40)}`)}`,
    },
    partly: { ".github/workflows/ci.yml": `permissions:\n  contents: read\n${workflow("uses: a/b@v1")}` },
    missing: { ".github/workflows/ci.yml": workflow("uses: a/b@v1") },
    "not-applicable": { "a.py": CODE },
  },
  "deploy-pipeline": {
    proven: { ".github/workflows/cd.yml": workflow("run: kubectl apply -f k8s") },
    partly: { ".github/workflows/cd.yml": workflow("run: docker push shop") },
    missing: { "a.py": CODE },
  },
  "rollback-documented": {
    proven: { "docs/runbook.md": "# Runbook\n## Roll back a release\n" },
    partly: {
      "docs/runbook.md": "# Runbook\n## Roll back a release\n",
      "pyproject.toml": manifest('"sqlalchemy", "alembic"'),
    },
    missing: { "a.py": CODE },
  },
  "dependency-scanning": {
    proven: {
      ".github/dependabot.yml": "version: 2\n",
      ".github/workflows/ci.yml": workflow("run: pip-audit"),
    },
    partly: { ".github/dependabot.yml": "version: 2\n" },
    missing: { "a.py": CODE },
  },
  "performance-tools-available": {
    proven: { "pyproject.toml": manifest("", '[dependency-groups]\ndev = ["pyinstrument"]\n') },
    missing: { "a.py": CODE },
  },
  "notebooks-clean": {
    proven: { "a.ipynb": '{"cells": []}', ".gitattributes": "*.ipynb filter=nbstripout\n" },
    missing: { "a.ipynb": '{"cells": []}' },
    "not-applicable": { "a.py": CODE },
  },
  "decisions-recorded": {
    proven: { "docs/adr/0001-database.md": "# 1. Database\n## Context\n## Decision\n## Consequences\n" },
    partly: { "docs/adr/0001-database.md": "# 1. Database\n" },
    missing: { "a.py": CODE },
  },
  "architecture-explained": {
    proven: { "ARCHITECTURE.md": "# Architecture\n```mermaid\n```\n" },
    partly: { "ARCHITECTURE.md": "# Architecture\n" },
    missing: { "a.py": CODE },
  },
  "incident-process": { partly: { "docs/runbook.md": "# Runbook\n" }, manual: { "a.py": CODE } },
  "threat-model-reviewed": { partly: { "SECURITY.md": "# Security\n" }, manual: { "a.py": CODE } },
  "maintenance-planned": { partly: { ".github/dependabot.yml": "version: 2\n" }, manual: { "a.py": CODE } },
  "performance-investigated": { manual: { "a.py": CODE } },
  "review-leadership": { manual: { "a.py": CODE } },
  mentoring: { manual: { "a.py": CODE } },
  "cross-team-communication": { manual: { "a.py": CODE } },
};

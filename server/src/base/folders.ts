/** Folders that hold no source of the project, whatever its ignore files say. */

export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  ".direnv",
  ".eggs",
  ".git",
  ".hg",
  ".ipynb_checkpoints",
  ".mypy_cache",
  ".nox",
  ".pytest_cache",
  ".pytype",
  ".ruff_cache",
  ".svn",
  ".tox",
  ".venv",
  "__pycache__",
  "__pypackages__",
  "node_modules",
  "site-packages",
  "venv",
]);

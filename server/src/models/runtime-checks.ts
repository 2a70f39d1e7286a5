/** Questions that only the running program can answer: permissions, and the state of the world. */

/** What an identity is allowed to do: the names that such a question is asked by. */
export const PERMISSION_NAMES =
  /^(?:is_(?:staff|superuser|admin|authenticated|owner|anonymous)|has_(?:perms?|permission|role|access|object_permission)|can_(?:view|edit|delete|read|write|access|manage)\w*|check_password|compare_digest|check_permissions?|is_allowed|is_authorized)$/;

/** What the world answers: no program can be sure of it beforehand. */
export const RUNTIME_ANSWERS: ReadonlySet<string> = new Set([
  "os.path.exists",
  "os.path.isfile",
  "os.path.isdir",
  "os.access",
  "shutil.which",
  "pathlib.Path.exists",
  "pathlib.Path.is_file",
  "pathlib.Path.is_dir",
  "requests.Response.ok",
  "requests.Response.status_code",
  "httpx.Response.is_success",
  "httpx.Response.status_code",
  "subprocess.CompletedProcess.returncode",
  "flask.request.json",
  "flask.request.form",
  "flask.request.args",
]);

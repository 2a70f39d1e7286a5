/** Rule: an upload is stored under the type that the client gave it. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "unrestricted-file-upload",
  title: "Upload stored under the client's name",
  section: "security",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  cwe: [434],
  equivalents: {},
  retires: {},
  contexts: { offIn: ["test"] },
  guide: "security#file-uploads",
  messages: {
    flow: "{{Source}} is stored under the client's own name and type ({{sink}}): `shell.php` or `page.html` is served as what it says. Check the type, and choose the name yourself.",
  },
  docs: {
    why: "`secure_filename` keeps the file in its folder and keeps its ending. If the folder is ever served, the ending decides what happens: a page with a script under your domain, or a program. Decide by a list which types you take, and store them under names of your own.",
    bad: `import os

from flask import Flask, request
from werkzeug.utils import secure_filename

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10 * 1024 * 1024


@app.post("/avatar")
def avatar():
    upload = request.files["avatar"]
    upload.save(os.path.join("/srv/avatars", secure_filename(upload.filename)))
    return {"state": "stored"}
`,
    good: `import os
import uuid

from flask import Flask, abort, request

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10 * 1024 * 1024

TYPES = {".png", ".jpg"}


@app.post("/avatar")
def avatar():
    upload = request.files["avatar"]
    ending = os.path.splitext(upload.filename)[1].lower()
    if ending not in TYPES:
        abort(415)
    upload.save(os.path.join("/srv/avatars", f"{uuid.uuid4()}{ending}"))
    return {"state": "stored"}
`,
    whenFine: "A store that no web server serves and no program runs from.",
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/File_Upload_Cheat_Sheet.html",
      "https://flask.palletsprojects.com/en/stable/patterns/fileuploads/",
    ],
  },
  fix: "none",
  on: {},
  taint: { risks: ["upload"], severities: { web: "warning" } },
});

/** Rule: work of seconds that a request does itself, while the client waits. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { answersRequests } from "../../frameworks/entry.ts";
import type { Call } from "../../syntax/ast.ts";

type Context = RuleContext<"mail" | "parses" | "sleeps">;

export default defineRule({
  id: "heavy-work-in-request",
  title: "Slow work inside a request",
  section: "background-jobs",
  level: "differentiator",
  severity: "warning",
  confidence: "medium",
  flagship: true,
  cwe: [400],
  equivalents: {},
  contexts: { offIn: ["test"] },
  guide: "background-jobs#when-to-queue",
  messages: {
    mail: "`{{call}}` talks to a mail server while the client waits; when that server is slow, so is this page, and when it is down, this fails. Hand it to a task.",
    parses:
      "`{{call}}` reads a whole file while the client waits, and holds a worker for as long. Store the upload, answer 202 with the job's id, and let a task read it.",
    sleeps:
      "`{{call}}` holds this worker and its client for {{seconds}} s. Answer now, and let a task do what comes later.",
  },
  docs: {
    why: "A request holds a worker, and there are a dozen workers. Work that takes seconds (a mail server that is slow today, a spreadsheet of 50,000 rows) takes a worker away for as long, and a handful of such requests stop the whole site. It also fails with the request: a closed laptop, a proxy's timeout, and the work is half done. Store what is needed, enqueue, answer; the task can take its time and be tried again.",
    path: "shop/api.py",
    bad: `import smtplib
from email.message import EmailMessage

from fastapi import FastAPI

app = FastAPI()


@app.post("/orders/{number}/receipt")
def receipt(number: str) -> dict[str, str]:
    message = EmailMessage()
    message["Subject"] = number
    with smtplib.SMTP("mail.example.com", timeout=10) as server:
        server.send_message(message)
    return {"sent": number}
`,
    good: `from celery import shared_task
from fastapi import FastAPI

app = FastAPI()


@shared_task
def send_receipt(number: str) -> None:
    print(number)


@app.post("/orders/{number}/receipt", status_code=202)
def receipt(number: str) -> dict[str, str]:
    return {"job": send_receipt.delay(number).id}
`,
    whenFine: "For a page that staff open once a month, or where the mail backend itself only queues.",
    references: [
      "https://docs.celeryq.dev/en/stable/getting-started/introduction.html",
      "https://fastapi.tiangolo.com/tutorial/background-tasks/",
    ],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      const kind = kindOf(node, ctx);
      const fn = kind === undefined ? undefined : ctx.model.enclosingFunction(node);
      if (kind === undefined || fn === undefined || !answersRequests(fn, ctx.model)) return;
      const call = ctx.text(node.func);
      if (kind === "sleeps")
        ctx.report(node, "sleeps", { data: { call, seconds: String(sleepOf(node, ctx)) } });
      else {
        // A library of its own wraps the server, as a rule; here the program may know that it is near.
        const isDirect = /^smtplib\./.test(ctx.model.callee(node) ?? "");
        ctx.report(node.func, kind, { data: { call }, ...(isDirect ? { severity: "information" } : {}) });
      }
    },
  },
});

const MAIL =
  /^django\.core\.mail\.send_(?:mass_)?mail$|^django\.core\.mail\.(?:message\.)?Email(?:Message|MultiAlternatives)\.send$|^smtplib\.SMTP(?:_SSL)?\.send(?:mail|_message)$|^flask_mail\.Mail\.send$/;
const PARSES = /^(?:pandas|polars)\.read_(?:csv|excel|json|parquet)$|^openpyxl\.load_workbook$/;

function kindOf(call: Call, ctx: Context): "mail" | "parses" | "sleeps" | undefined {
  const callee = ctx.model.callee(call);
  if (callee === undefined) return undefined;
  if (MAIL.test(callee)) return "mail";
  if (PARSES.test(callee) && call.args[0]?.kind !== "Constant") return "parses";
  return callee === "time.sleep" && sleepOf(call, ctx) >= 1 ? "sleeps" : undefined;
}

function sleepOf(call: Call, ctx: Context): number {
  const [first] = call.args;
  const value = first === undefined ? undefined : ctx.model.constant(first);
  return value?.type === "int" || value?.type === "float" ? Number(value.value) : 0;
}

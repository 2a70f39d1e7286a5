/** Rule: encryption without checking who is at the other end. */

import { removeKeyword } from "../../engine/call-edits.ts";
import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { blockOf, holders } from "../../engine/search.ts";
import { TLS_SWITCHES, UNCHECKED_CONTEXTS, UNCHECKED_HOST_KEYS, WEAK_PROTOCOLS } from "../../models/tls.ts";
import { assignedValue } from "../../semantic/assigned.ts";
import { knownPrefix } from "../../semantic/composed.ts";
import type { Assign, Attribute, Call, Expr, Keyword, Node, Stmt } from "../../syntax/ast.ts";
import { argumentOf, isFalse, isTrue, keywordOf, mayCall } from "../../syntax/calls.ts";

/** What makes a call worth a look: its name, or one of its arguments. */
const NAMES: ReadonlySet<string> = new Set(["SSLContext", "set_missing_host_key_policy"]);
const PARAMETERS: ReadonlySet<string> = new Set([
  ...TLS_SWITCHES.map(({ parameter }) => parameter),
  "protocol",
  "ssl_version",
]);

type MessageId =
  | "verifyOff"
  | "certificateUnchecked"
  | "hostnameUnchecked"
  | "hostKeyAccepted"
  | "oldProtocol";
type Context = RuleContext<MessageId>;

export default defineRule({
  id: "tls-verification-disabled",
  title: "Certificate or host key is not checked",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "high",
  cwe: [295],
  equivalents: {
    ruff: ["S501", "S323", "S502", "S503", "S504", "S507"],
    bandit: ["B501", "B323", "B502", "B503", "B504", "B507"],
  },
  contexts: { offIn: ["test"] },
  guide: "security#transport-security",
  messages: {
    verifyOff:
      "`{{argument}}` accepts any certificate, so whoever stands between can read and change what is sent. Pass the path of your CA's certificate instead.",
    certificateUnchecked:
      "This context accepts any certificate, so the connection is encrypted to nobody in particular. Load your CA with `load_verify_locations` instead.",
    hostnameUnchecked:
      "Without `check_hostname` the certificate of any other host will do. Leave it on, and connect by a name that the certificate holds.",
    hostKeyAccepted:
      "An unknown host key is accepted unseen, so the first connection may go to anyone. Load known hosts and use `RejectPolicy`.",
    oldProtocol:
      "`{{protocol}}` has been broken or withdrawn for years. Ask for TLS 1.2 or newer, which is what `ssl.create_default_context()` does.",
  },
  docs: {
    why: "Encryption protects a conversation; the certificate says with whom. With the check off, anyone on the way (the café's router, a hijacked DNS name, another pod of the cluster) can answer in the server's place and read tokens, passwords and data. It is nearly always switched off because of a private certificate authority or an expired certificate, and stays off when that reason is gone.",
    bad: `import requests


def fetch_report(report_id: int) -> bytes:
    url = f"https://reports.internal.example.com/{report_id}"
    return requests.get(url, verify=False, timeout=10).content
`,
    good: `import requests

COMPANY_CA = "/etc/ssl/certs/company-ca.pem"


def fetch_report(report_id: int) -> bytes:
    url = f"https://reports.internal.example.com/{report_id}"
    return requests.get(url, verify=COMPANY_CA, timeout=10).content
`,
    whenFine:
      "On the loopback interface, in tests, and on the server's side of a connection that asks clients for no certificate. A command line tool may offer an explicit `--insecure` option: where the switch stands below such a condition, this is only a hint.",
    references: [
      "https://docs.python.org/3/library/ssl.html#ssl-security",
      "https://requests.readthedocs.io/en/latest/user/advanced/#ssl-cert-verification",
      "https://docs.paramiko.org/en/stable/api/client.html#paramiko.client.MissingHostKeyPolicy",
    ],
  },
  fix: "unsafe",
  on: {
    Call(node, ctx) {
      if (!mayCall(node, NAMES) && !node.keywords.some(({ arg }) => arg !== null && PARAMETERS.has(arg)))
        return;
      const callee = ctx.model.callee(node);
      reportSwitches(node, callee, ctx);
      reportHostKey(node, ctx);
      const protocol = argumentOf(node, "protocol", callee === "ssl.SSLContext" ? 0 : undefined);
      reportProtocol(protocol ?? keywordOf(node, "ssl_version")?.value, ctx);
    },
    Attribute(node, ctx) {
      if (node.ctx !== "Load" || !UNCHECKED_CONTEXTS.has(node.attr)) return;
      if (ctx.model.qualifiedName(node) !== `ssl.${node.attr}`) return;
      ctx.report(node, "certificateUnchecked", severityAt(node, ctx));
    },
    Assign(node, ctx) {
      const [target] = node.targets;
      if (target?.kind === "Attribute") checkAssignment(node, target, ctx);
    },
  },
});

/** `verify=False`, `cert_reqs=ssl.CERT_NONE` and their like. */
function reportSwitches(call: Call, callee: string | undefined, ctx: Context): void {
  for (const keyword of call.keywords) {
    const off = TLS_SWITCHES.find((one) => one.parameter === keyword.arg && one.callee.test(callee ?? ""));
    if (off === undefined || !isOff(keyword, off.off, ctx)) continue;
    if (isTrue(keywordOf(call, "server_side")?.value) || call.args.some((arg) => goesToThisMachine(arg, ctx)))
      return;
    ctx.report(keyword, "verifyOff", {
      ...severityAt(call, ctx),
      data: { argument: ctx.text(keyword) },
      fix(edits) {
        removeKeyword(edits, call, keyword);
        return `Remove ${keyword.arg}`;
      },
    });
    return;
  }
}

function isOff({ value }: Keyword, off: readonly string[], ctx: Context): boolean {
  if (isFalse(value)) return off.includes("False");
  if (value.kind === "Constant") return off.includes(String(value.value ?? "None"));
  return off.includes(ctx.model.qualifiedName(value) ?? "");
}

function goesToThisMachine(node: Expr, ctx: Context): boolean {
  return /^https?:\/\/(?:localhost|127\.|\[::1\]|host\.docker\.internal)/.test(knownPrefix(node, ctx.model));
}

/** `set_missing_host_key_policy(AutoAddPolicy())`, with or without the brackets. */
function reportHostKey(call: Call, ctx: Context): void {
  if (call.func.kind !== "Attribute" || call.func.attr !== "set_missing_host_key_policy") return;
  const [policy] = call.args;
  if (policy === undefined) return;
  const name = policy.kind === "Call" ? ctx.model.callee(policy) : ctx.model.qualifiedName(policy);
  if (name !== undefined && UNCHECKED_HOST_KEYS.has(name)) {
    ctx.report(policy, "hostKeyAccepted", severityAt(call, ctx));
  }
}

function reportProtocol(node: Expr | undefined, ctx: Context): void {
  const name = node && ctx.model.qualifiedName(node);
  if (node === undefined || name === undefined || !WEAK_PROTOCOLS.has(name)) return;
  ctx.report(node, "oldProtocol", { data: { protocol: ctx.text(node) } });
}

/** `context.verify_mode = ssl.CERT_NONE`, `context.check_hostname = False`, `session.verify = False`. */
function checkAssignment(node: Assign, target: Attribute, ctx: Context): void {
  if (target.attr === "minimum_version") {
    reportProtocol(node.value, ctx);
  } else if (target.value.kind === "Name" && target.value.id === "self") {
    // A class of that name describes its own attribute, and says nothing of a connection yet.
    return;
  } else if (target.attr === "verify_mode" && ctx.model.qualifiedName(node.value) === "ssl.CERT_NONE") {
    if (!isServerSide(target.value, ctx)) ctx.report(node, "certificateUnchecked", severityAt(node, ctx));
  } else if (target.attr === "check_hostname" && isFalse(node.value) && ctx.model.importsPackage("ssl")) {
    if (isServerSide(target.value, ctx) || switchesOffBoth(node, target, ctx)) return;
    ctx.report(node, "hostnameUnchecked", severityAt(node, ctx));
  } else if (target.attr === "verify" && isFalse(node.value)) {
    const type = ctx.model.typeOf(target.value) ?? "";
    if (!/^requests\.(?:sessions\.)?Session$/.test(type)) return;
    ctx.report(node, "verifyOff", { ...severityAt(node, ctx), data: { argument: ctx.text(node) } });
  }
}

/** True where the same block takes the certificate check away too: one finding for both is enough. */
function switchesOffBoth(node: Assign, target: Attribute, ctx: Context): boolean {
  const receiver = dottedName(target.value);
  if (receiver === undefined) return false;
  // Statements of a module are analysed one by one, so what stands next to them is a fact of the module.
  if (node.parent?.kind === "Module") return ctx.moduleFact(uncheckedContexts).includes(receiver);
  return (blockOf(node) ?? []).some((other) => uncheckedReceiver(other) === receiver);
}

/** `self.context` of `self.context.verify_mode = …`. */
function uncheckedReceiver(statement: Stmt): string | undefined {
  const target = statement.kind === "Assign" ? statement.targets[0] : undefined;
  return target?.kind === "Attribute" && target.attr === "verify_mode" ? dottedName(target.value) : undefined;
}

function dottedName(node: Expr): string | undefined {
  if (node.kind === "Name") return node.id;
  const owner = node.kind === "Attribute" ? dottedName(node.value) : undefined;
  return node.kind === "Attribute" && owner !== undefined ? `${owner}.${node.attr}` : undefined;
}

const uncheckedContexts = defineModuleFact({
  id: "tls-verification-disabled/unchecked-contexts",
  compute: ({ module }) => module.body.flatMap((statement) => uncheckedReceiver(statement) ?? []),
});

/** True for a context that this program serves with: it need not ask its clients for certificates. */
function isServerSide(node: Expr, ctx: Context): boolean {
  const value = node.kind === "Name" ? assignedValue(node, ctx.model) : undefined;
  return value?.kind === "Call" && /CLIENT_AUTH|TLS_SERVER/.test(ctx.text(value));
}

const OPTION = /verif|insecure|unsafe|self.?signed|trust|cert|hostname|host_key|strict/i;

/** A hint where the program asks for it: below a condition that names an option of that kind. */
function severityAt(node: Node, ctx: Context): { severity?: "hint" } {
  for (const holder of holders(node)) {
    if ((holder.kind === "If" || holder.kind === "IfExp") && OPTION.test(ctx.text(holder.test))) {
      return { severity: "hint" };
    }
  }
  return {};
}

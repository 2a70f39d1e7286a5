/** Rule: HTML put together without escaping the values in it. */

import { appendArgument } from "../../engine/call-edits.ts";
import type { SourceEdits } from "../../engine/edits.ts";
import { defineModuleFact } from "../../engine/facts.ts";
import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { holders } from "../../engine/search.ts";
import { JINJA_ENVIRONMENT, JINJA_TEMPLATE, MAKO_TEMPLATES, MARKS_SAFE } from "../../models/markup.ts";
import { composedText, type TextPart } from "../../semantic/composed.ts";
import { isRawText } from "../../semantic/raw-text.ts";
import type { Call, Expr } from "../../syntax/ast.ts";
import { isFalse, keywordOf, literalString, pythonString, unpacksArguments } from "../../syntax/calls.ts";

type Context = RuleContext<
  "environmentWithoutEscaping" | "templateWithoutEscaping" | "escapingOff" | "markedSafe"
>;

export default defineRule({
  id: "autoescape-disabled",
  title: "HTML without escaping",
  section: "security",
  level: "must-have",
  severity: "warning",
  confidence: "medium",
  cwe: [116],
  equivalents: { ruff: ["S701", "S702", "S704", "S308"], bandit: ["B701", "B702", "B704", "B703"] },
  contexts: { offIn: ["test"] },
  guide: "django#templates-and-escaping",
  messages: {
    environmentWithoutEscaping:
      "Jinja does not escape unless it is told to, so every value in these pages is markup. Pass `autoescape=select_autoescape()`.",
    templateWithoutEscaping:
      "A bare `Template` does not escape, so `{{value}}` in this HTML is markup. Render it through an environment with `autoescape`.",
    escapingOff:
      "Escaping is off for every template here, so values are markup. Leave it on, and mark the exceptions.",
    markedSafe:
      "`{{value}}` is declared safe without being escaped: a name with `<script>` in it runs for whoever looks. Use `{{better}}`.",
  },
  docs: {
    why: "A page mixes markup of yours with values of others. Escaping keeps the two apart; without it a display name, a file name or a search term is HTML, and a script in it runs with the session of whoever opens the page. Marking a text as safe after values were put into it switches the protection off at the one place where it was needed.",
    bad: `from django.utils.safestring import mark_safe


def customer_link(name: str, url: str) -> str:
    return mark_safe(f'<a href="{url}">{name}</a>')
`,
    good: `from django.utils.html import format_html


def customer_link(name: str, url: str) -> str:
    return format_html('<a href="{}">{}</a>', url, name)
`,
    whenFine:
      "Where the output is no HTML: mail text, SQL, configuration, source code. The rule only looks at Jinja environments in modules that deal with HTML. A literal, or a text whose values were escaped one by one, may be marked safe.",
    references: [
      "https://docs.djangoproject.com/en/stable/ref/utils/#django.utils.html.format_html",
      "https://jinja.palletsprojects.com/en/stable/api/#autoescaping",
      "https://markupsafe.palletsprojects.com/en/stable/",
    ],
  },
  fix: "unsafe",
  calls: new Set([
    "Environment",
    "Template",
    "TemplateLookup",
    "mark_safe",
    "SafeString",
    "SafeText",
    "Markup",
  ]),
  on: {
    Call(node, ctx) {
      const callee = ctx.model.callee(node) ?? "";
      if (JINJA_ENVIRONMENT.test(callee)) checkEnvironment(node, ctx);
      else if (JINJA_TEMPLATE.test(callee)) checkTemplate(node, ctx);
      else if (MAKO_TEMPLATES.test(callee)) checkMako(node, ctx);
      else if (MARKS_SAFE.test(callee)) checkMarked(node, callee, ctx);
    },
    Dict(node, ctx) {
      const value = node.values[node.keys.findIndex((key) => literalString(key) === "autoescape")];
      if (value === undefined || !isFalse(value) || !inTemplatesSetting(node)) return;
      ctx.report(value, "escapingOff");
    },
  },
});

function checkEnvironment(call: Call, ctx: Context): void {
  const flag = keywordOf(call, "autoescape");
  if (flag !== undefined ? !isFalse(flag.value) : unpacksArguments(call)) return;
  // Other delimiters are for LaTeX, configuration files and source code.
  if (call.keywords.some(({ arg }) => arg !== null && /^(?:block|variable)_start_string$/.test(arg))) return;
  if (!rendersHtml(call, ctx)) return;
  ctx.report(flag ?? call.func, "environmentWithoutEscaping", {
    ...inScript(ctx),
    fix(edits) {
      const value = `${edits.ensureImport("jinja2", "select_autoescape")}()`;
      if (flag !== undefined) edits.replace(flag.value, value);
      else if (!appendArgument(edits, call, `autoescape=${value}`)) return null;
      return "Add autoescape=select_autoescape()";
    },
  });
}

/** `Template("<p>{{ name }}</p>")`. */
function checkTemplate(call: Call, ctx: Context): void {
  const [source] = call.args;
  const text = source && ctx.model.stringValue(source);
  if (text === undefined || keywordOf(call, "autoescape") !== undefined || unpacksArguments(call)) return;
  const value = /\{\{\s*([^}]*?)\s*\}\}/.exec(text);
  if (
    value === null ||
    /\|\s*e(?:scape)?\b/.test(text) ||
    !/<(?:html|body|div|p|a|span|h[1-6]|table|li)\b/i.test(text)
  )
    return;
  ctx.report(call, "templateWithoutEscaping", { ...inScript(ctx), data: { value: value[1] as string } });
}

/** A script builds its own pages from its own data: nobody else's session is at stake. */
function inScript(ctx: Context): { severity?: "hint" } {
  return ctx.file.classes.has("script") ? { severity: "hint" } : {};
}

function checkMako(call: Call, ctx: Context): void {
  if (keywordOf(call, "default_filters") !== undefined || unpacksArguments(call)) return;
  if (ctx.moduleFact(dealsWithHtml)) ctx.report(call.func, "escapingOff");
}

/** True where the templates that the function asks for are HTML, or else where the module deals with HTML. */
function rendersHtml(call: Call, ctx: Context): boolean {
  const around = ctx.model.enclosingFunction(call);
  const asked = around && /get_template\(\s*f?["']([^"']+)/.exec(ctx.text(around))?.[1];
  return asked === undefined ? ctx.moduleFact(dealsWithHtml) : /\.x?html?\b/.test(asked);
}

const dealsWithHtml = defineModuleFact({
  id: "autoescape-disabled/deals-with-html",
  compute: ({ tree }) =>
    /["'][^"'\n]*\.x?html?(?:\.j2|\.jinja2?)?["']|text\/html|HTMLResponse|<\/(?:html|body|div|p|table)>/.test(
      tree.text,
    ),
});

function inTemplatesSetting(node: Expr): boolean {
  for (const holder of holders(node)) {
    if (holder.kind === "Assign")
      return holder.targets.some((it) => it.kind === "Name" && it.id === "TEMPLATES");
  }
  return false;
}

function checkMarked(call: Call, callee: string, ctx: Context): void {
  const [text] = call.args;
  if (text === undefined || call.args.length !== 1) return;
  const parts = composedText(text, ctx.model);
  const raw = parts?.find((part) => part.kind === "value" && isRawText(part, ctx.model));
  if (parts === undefined || raw?.kind !== "value") return;
  const inDjango = callee.startsWith("django.");
  ctx.report(call, "markedSafe", {
    data: { value: ctx.text(raw.node), better: inDjango ? "format_html" : "Markup(…).format(…)" },
    fix: (edits) => formatHtml(edits, call, parts, inDjango, ctx),
  });
}

/** Rewrites `mark_safe(f"<b>{name}</b>")` as `format_html("<b>{}</b>", name)`. */
function formatHtml(
  edits: SourceEdits,
  call: Call,
  parts: readonly TextPart[],
  inDjango: boolean,
  ctx: Context,
): string | null {
  const values: string[] = [];
  let template = "";
  for (const part of parts) {
    if (part.kind === "text") template += part.text.replace(/[{}]/g, "$&$&");
    else if (!part.plain) return null;
    else {
      template += "{}";
      values.push(ctx.text(part.node));
    }
  }
  const literal =
    template.includes('"') && !/['\\\n]/.test(template) ? `'${template}'` : pythonString(template);
  if (inDjango) {
    const name = edits.ensureImport("django.utils.html", "format_html");
    edits.replace(call, `${name}(${[literal, ...values].join(", ")})`);
    return "Use format_html";
  }
  edits.replace(call, `${ctx.text(call.func)}(${literal}).format(${values.join(", ")})`);
  return "Let Markup escape the values";
}

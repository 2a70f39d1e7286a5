/** `npm run new-rule -- <id> --section <section>` writes a rule and its fixture, to be filled in. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { SECTIONS, type Section } from "../src/engine/rule.ts";
import { ROOT, RULES_FOLDER } from "./gen-shared.ts";

/** What is to be written, by path relative to the project's root. */
export function scaffoldRule(id: string, section: Section): Readonly<Record<string, string>> {
  return {
    [`server/src/rules/${section}/${id}.ts`]: ruleSource(id, section),
    [`test/rules/${id}.md`]: fixtureSource(id),
  };
}

function ruleSource(id: string, section: Section): string {
  return `/** Say in one sentence what goes wrong where this rule fires. */

import { defineRule } from "../../engine/rule.ts";

export default defineRule({
  id: "${id}",
  title: "${titleOf(id)}",
  section: "${section}",
  level: "must-have",
  severity: "information",
  confidence: "medium",
  cwe: [],
  equivalents: {},
  guide: "${section}#${firstAnchor(section)}",
  messages: {
    found: "Say what goes wrong here, and what to write instead of \`{{name}}\`.",
  },
  docs: {
    why: "Say what goes wrong in production, how to fix it in this framework.",
    bad: \`import example

example.bad()
\`,
    good: \`import example

example.good()
\`,
    whenFine: "Say when the pattern is fine, and how to say so in the code.",
    references: ["https://docs.python.org/3/"],
  },
  fix: "none",
  on: {
    Call(node, ctx) {
      // Leave early where the call is another one; report what is left.
      if (ctx.model.callee(node) !== "example.${functionName(id)}") return;
      ctx.report(node.func, "found", { data: { name: ctx.text(node.func) } });
    },
  },
});
`;
}

function fixtureSource(id: string): string {
  return `# ${id}

Say in a sentence what the rule looks for, and what it takes as proof.

## Fires

### On the plain case

\`\`\`py
import example

example.bad()  # error: found
\`\`\`

### Under another name

\`\`\`py
from example import bad as worse

worse()  # error: found
\`\`\`

## Stays silent

### On the right way

\`\`\`py
import example

example.good()
\`\`\`

### On a name that only looks like it

\`\`\`py
def bad():
    return None


bad()
\`\`\`

### In another module

\`\`\`py
import another

another.bad()
\`\`\`
`;
}

function titleOf(id: string): string {
  const words = id.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function functionName(id: string): string {
  return id.replaceAll("-", "_");
}

/** The first heading of the section's guide page: a link that leads somewhere, to be made precise. */
function firstAnchor(section: Section): string {
  const path = join(ROOT, "media/guide", `${section}.md`);
  const heading = existsSync(path) ? /^## (.+)$/m.exec(readFileSync(path, "utf8"))?.[1] : undefined;
  return (heading ?? section)
    .toLowerCase()
    .replace(/[^\w\s-]/g, "")
    .trim()
    .replace(/\s+/g, "-");
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { section: { type: "string", short: "s" } },
  });
  const [id = ""] = positionals;
  const section = SECTIONS.find((one) => one === values.section);
  const problem = whatIsWrong(id, section);
  if (problem !== null || section === undefined) {
    console.error(problem);
    process.exitCode = 2;
    return;
  }
  for (const [path, text] of Object.entries(scaffoldRule(id, section))) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`Wrote ${path}`);
  }
  console.log(`Next: fill in both, then run npm run gen and npm run verify.`);
}

function whatIsWrong(id: string, section: Section | undefined): string | null {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/.test(id)) {
    return "Usage: npm run new-rule -- <id> --section <section>; the id names the bad pattern in kebab-case.";
  }
  if (section === undefined) return `The section is one of ${SECTIONS.join(", ")}.`;
  const taken = SECTIONS.find((one) => existsSync(join(RULES_FOLDER, one, `${id}.ts`)));
  return taken === undefined ? null : `The rule ${id} exists already, in the section ${taken}.`;
}

if (import.meta.main) main();

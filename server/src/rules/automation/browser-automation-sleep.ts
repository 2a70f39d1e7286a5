/** Rule: a browser script that waits a fixed time instead of for the page. */

import { defineRule, type RuleContext } from "../../engine/rule.ts";
import { blockOf, holders, statementOf } from "../../engine/search.ts";
import type { Call } from "../../syntax/ast.ts";

type Context = RuleContext<"sleep" | "timeout">;

const SLEEPS = new Set(["time.sleep", "asyncio.sleep"]);

/** What a pause between two pages is for, when it is not for the page. */
const POLITE = /polite|rate|throttl|delay|backoff|retry|interval|poll|human|random|jitter/i;

export default defineRule({
  id: "browser-automation-sleep",
  title: "Browser script waits a fixed time",
  section: "automation",
  level: "differentiator",
  severity: "information",
  confidence: "high",
  cwe: [],
  equivalents: {},
  guide: "automation#browser-automation",
  messages: {
    sleep:
      "The page takes as long as it takes: less than this mostly, and more on the day that matters. Wait for what the next line needs ({{instead}}).",
    timeout:
      "`wait_for_timeout` waits for nothing. Locators wait by themselves; wait for what the next line needs.",
  },
  docs: {
    why: "A script full of sleeps is slow on good days, because it always waits for the worst case that its author saw, and breaks on the first day that is worse. With a condition and a deadline it goes on the moment the element is there, and says what it was waiting for when it never comes.",
    bad: `import time

from selenium import webdriver
from selenium.webdriver.common.by import By


def total(driver: webdriver.Chrome) -> str:
    driver.get("https://shop.example/report")
    time.sleep(5)
    return driver.find_element(By.ID, "total").text
`,
    good: `from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.wait import WebDriverWait


def total(driver: webdriver.Chrome) -> str:
    driver.get("https://shop.example/report")
    wait = WebDriverWait(driver, 20)
    return wait.until(expected_conditions.visibility_of_element_located((By.ID, "total"))).text
`,
    whenFine:
      "A pause between pages, to be polite to the site, belongs at the end of the loop; there, and with a random or configured length, it is not reported.",
    references: [
      "https://www.selenium.dev/documentation/webdriver/waits/",
      "https://playwright.dev/python/docs/actionability",
    ],
  },
  fix: "none",
  calls: new Set(["sleep", "wait_for_timeout"]),
  on: {
    Call(call, ctx) {
      const isSleep = SLEEPS.has(ctx.model.callee(call) ?? "");
      const isTimeout = call.func.kind === "Attribute" && call.func.attr === "wait_for_timeout";
      if (!isSleep && !isTimeout) return;
      const instead = libraryOf(ctx);
      if (instead === undefined || isPause(call, ctx)) return;
      if (isSleep) ctx.report(call, "sleep", { data: { instead } });
      else if (ctx.model.importsPackage("playwright")) ctx.report(call, "timeout");
    },
  },
});

function libraryOf({ model }: Context): string | undefined {
  if (model.importsPackage("selenium")) return "`WebDriverWait(driver, 20).until(…)`";
  return model.importsPackage("playwright") ? "`expect(locator).to_be_visible()`" : undefined;
}

/** A pause of a computed length, in a loop that looks again, or as the last thing of a turn or a function. */
function isPause(call: Call, ctx: Context): boolean {
  const [duration] = call.args;
  if (duration === undefined || ctx.model.constant(duration) === undefined) return true;
  const statement = statementOf(call);
  const block = statement === undefined ? undefined : blockOf(statement);
  if (statement === undefined || block?.at(-1) === statement) return true;
  for (const at of holders(call)) {
    if (at.kind === "While") return true;
    if (at.kind === "FunctionDef" || at.kind === "AsyncFunctionDef") return POLITE.test(at.name);
  }
  return POLITE.test(ctx.text(statement));
}

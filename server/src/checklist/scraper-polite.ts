/** Scrapers wait, identify and stop. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { constantOf } from "./_common.ts";

export default defineCheck({
  id: "scraper-polite",
  title: "Scrapers wait, identify and stop",
  why: "welcome guests stay welcome",
  section: "automation",
  level: "differentiator",
  roles: ["automation"],
  guide: "automation#web-scraping",
  actions: [
    { kind: "snippet", prefix: "scrape-bs4" },
    { kind: "snippet", prefix: "scrape-playwright" },
  ],
  judge(stack) {
    const library = stack.runtime(
      "scrapy",
      "beautifulsoup4",
      "selectolax",
      "selenium",
      "playwright",
      "mechanize",
    );
    const used =
      stack.imports("scrapy") ??
      stack.imports("bs4") ??
      stack.imports("selectolax") ??
      stack.imports("selenium") ??
      stack.imports("playwright");
    if (library === undefined || used === undefined)
      return notApplicable("Nothing is read off the pages of others.");
    if (library.name === "scrapy") {
      const robots = stack.setting("ROBOTSTXT_OBEY")[0];
      const wait = stack.setting("DOWNLOAD_DELAY")[0] ?? stack.setting("AUTOTHROTTLE_ENABLED")[0];
      const agent = stack.setting("USER_AGENT")[0];
      return weigh([
        robots !== undefined && constantOf(robots.value) === true
          ? found("robots.txt is obeyed", robots)
          : lacks("robots.txt is not obeyed", robots),
        wait === undefined
          ? lacks("Requests do not wait for each other")
          : found("Requests wait for each other", wait),
        agent === undefined
          ? lacks("The scraper does not say who it is")
          : found("The scraper says who it is", agent),
      ]);
    }
    const waits = stack.calls(
      /(?:^|\.)(?:sleep|wait_for_timeout|limiter|throttle)$|^(?:ratelimit|limits|aiolimiter)\./,
    )[0];
    const agent = stack
      .calls(/^(?:requests|httpx|aiohttp)\./)
      .find(
        ({ keywords }) =>
          JSON.stringify(keywords).includes("ser-Agent") ||
          keywords.user_agent !== undefined ||
          keywords.headers !== undefined,
      );
    return weigh([
      found(`${library.name} reads pages`, used),
      waits === undefined
        ? lacks("Requests do not wait for each other", used)
        : found("Requests wait for each other", waits),
      agent === undefined
        ? lacks("The scraper does not say who it is", used)
        : found("The scraper says who it is", agent),
    ]);
  },
});

/** Lists are paginated with a cap. */

import { defineCheck, found, lacks, notApplicable, weigh } from "../engine/check.ts";
import { entryOf, hasRoutes, WEB } from "./_common.ts";

/** An answer that is a list by its type. */
const LIST = /(?:^|\.)(?:list|List|Sequence|Iterable)(?:\[|$)|Pagina|Page(?:$|\[|d)/;

export default defineCheck({
  id: "pagination-default",
  title: "Lists are paginated with a cap",
  why: "memory and time stay bounded",
  section: "apis",
  level: "must-have",
  roles: WEB,
  guide: "apis#pagination",
  actions: [
    { kind: "snippet", prefix: "fa-pagination" },
    { kind: "snippet", prefix: "drf-pagination" },
  ],
  judge(stack) {
    if (!hasRoutes(stack)) return notApplicable("There are no routes.");
    const drf = stack
      .setting("REST_FRAMEWORK")
      .find(({ value }) => entryOf(value, "DEFAULT_PAGINATION_CLASS") !== undefined);
    const views = stack
      .types()
      .filter(({ members }) =>
        members.some(({ name }) => name === "pagination_class" || name === "paginate_by"),
      );
    const library = stack.calls(
      /^(?:fastapi_pagination\.\w+|ninja\.pagination\.paginate|flask_sqlalchemy.*\.paginate)$|(?:^|\.)(?:paginate|Paginator)$/,
    )[0];
    const limited = stack
      .routes()
      .filter(({ parameters }) =>
        parameters.some(({ name }) => /^(?:limit|page_size|per_page|size)$/.test(name)),
      );
    const lists = stack
      .routes()
      .filter(
        ({ methods, url, responseModel }) =>
          methods.includes("GET") &&
          (LIST.test(responseModel ?? "") || limited.some((one) => one.url === url)),
      );
    if (drf === undefined && views.length === 0 && library === undefined && lists.length === 0)
      return notApplicable("No route gives a list that can be recognised.");
    const parts = [
      ...(drf === undefined
        ? []
        : [
            entryOf(drf.value, "PAGE_SIZE") === undefined && views.length === 0
              ? lacks("PAGE_SIZE is not set, so nothing is paginated", drf)
              : found("REST framework paginates by default", drf),
          ]),
      ...(library === undefined ? [] : [found("Lists are paginated", library)]),
      ...(views[0] === undefined ? [] : [found(`${views.length} views are paginated`, views[0])]),
    ];
    const unbounded = limited.filter(({ parameters }) =>
      parameters.some(
        ({ name, bounded }) => /^(?:limit|page_size|per_page|size)$/.test(name) && bounded !== true,
      ),
    );
    const bounded = limited.length - unbounded.length;
    const capped = bounded > 0 ? [found(`${bounded} routes cap their limit`, limited[0] ?? null)] : [];
    const endless = lists.filter(
      (one) =>
        !limited.includes(one) &&
        library === undefined &&
        drf === undefined &&
        !/Pagina|Page(?:$|\[|d)/.test(one.responseModel ?? ""),
    );
    return weigh([
      ...parts,
      ...capped,
      ...unbounded.slice(0, 5).map((one) => lacks(`${one.url} takes a limit without a maximum`, one)),
      ...endless.slice(0, 5).map((one) => lacks(`${one.url} gives the whole list`, one)),
    ]);
  },
});

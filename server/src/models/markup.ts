/** Knowledge about HTML: template engines, functions that declare a text safe, and names of texts that are markup. */

export const JINJA_ENVIRONMENT: RegExp = /^jinja2\.(?:environment\.)?Environment$/;
export const JINJA_TEMPLATE: RegExp = /^jinja2\.(?:environment\.)?Template$/;
export const MAKO_TEMPLATES: RegExp = /^mako\.(?:template\.Template|lookup\.TemplateLookup)$/;

/** Calls that declare their argument to be markup, whatever is in it. */
export const MARKS_SAFE: RegExp =
  /^(?:django\.utils\.safestring\.(?:mark_safe|SafeString|SafeText)|markupsafe\.Markup|flask\.Markup|jinja2\.(?:utils\.)?Markup)$/;

/** Types whose text is markup already. */
export const SAFE_TYPES: RegExp = /(?:SafeString|SafeText|Markup)$/;

/** Calls whose result is as raw as what they are given. Any other function may well return escaped text. */
export const KEEPS_RAW: ReadonlySet<string> = new Set([
  "builtins.str",
  "builtins.format",
  "builtins.getattr",
]);
export const KEEPS_RAW_METHODS: ReadonlySet<string> = new Set([
  "strip",
  "lower",
  "upper",
  "title",
  "capitalize",
  "get",
  "replace",
  "getlist",
]);

/** True for names of texts that are markup already, and were escaped where they were made. */
export function holdsMarkup(name: string): boolean {
  return /html|markup|safe|escaped|render|widget|svg|icon|attrs|css|style|class(?:es)?$|label_tag|errors|input|output|content|body|tag|form(?:s|set)?$|field$/i.test(
    name,
  );
}

/** Attributes that hold addresses and keys which frameworks encode themselves. */
export const ENCODED_ATTRIBUTES: ReadonlySet<string> = new Set(["url", "pk", "id", "errors", "media"]);

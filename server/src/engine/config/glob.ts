/** Globs as Ruff's configuration means them: `*` and `?` match a slash as well. */

/** Compiles a glob to a test of a whole text. An invalid glob matches nothing. */
export function compileGlob(glob: string): (text: string) => boolean {
  try {
    const pattern = new RegExp(`^${translate(glob)}$`, "s");
    return (text) => pattern.test(text);
  } catch {
    return () => false;
  }
}

const TOKEN = /\*\*\/|\/\*\*$|\*+|\?|\[!?\]?[^\]]*\]|[{},]|\\.|[\s\S]/g;

function translate(glob: string): string {
  let depth = 0;
  return (glob.match(TOKEN) ?? [])
    .map((token) => {
      if (token === "**/") return "(?:.*/)?";
      if (token === "/**") return "/.*";
      if (token.startsWith("*")) return ".*";
      if (token === "?") return ".";
      if (token.startsWith("[") && token.length > 1)
        return token.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
      if (token === "{") {
        depth += 1;
        return "(?:";
      }
      if (token === "}" && depth > 0) {
        depth -= 1;
        return ")";
      }
      if (token === "," && depth > 0) return "|";
      const literal = token.startsWith("\\") && token.length === 2 ? token.slice(1) : token;
      return literal.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    })
    .join("");
}

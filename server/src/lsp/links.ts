/** Links into the guide, in the forms that clients can follow. */

import type { InitializationOptions } from "../protocol/messages.ts";
import { OPEN_GUIDE_COMMAND } from "../protocol/messages.ts";

export interface GuideLinks {
  /** An address for `codeDescription` and plain Markdown, or null where the client gave no template. */
  uri(guide: string): string | null;
  /** A Markdown link with the given label, or null where nothing could open it. */
  markdown(label: string, guide: string): string | null;
  /** True where code actions may call `OPEN_GUIDE_COMMAND`. */
  readonly command: boolean;
}

/** @param options the template of guide addresses, and whether the client has our commands. */
export function createGuideLinks(options: InitializationOptions): GuideLinks {
  const command = options.commandLinks === true;
  const uri = (guide: string): string | null => {
    if (options.guideUri === undefined) return null;
    const [page = "", anchor = ""] = guide.split("#", 2);
    return options.guideUri
      .replaceAll("{page}", page.split("/").map(encodeURIComponent).join("/"))
      .replaceAll("{anchor}", encodeURIComponent(anchor));
  };
  return {
    uri,
    command,
    markdown(label, guide) {
      const target = command ? commandUri(OPEN_GUIDE_COMMAND, [guide]) : uri(guide);
      return target === null ? null : `[${label}](${target})`;
    },
  };
}

/** A `command:` URI as VS Code's trusted Markdown takes it. */
export function commandUri(command: string, args: readonly unknown[]): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args)).replace(/[()]/g, (it) => (it === "(" ? "%28" : "%29"))}`;
}

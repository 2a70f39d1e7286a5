/** Scripts have arguments and an exit code. */

import { tableAt } from "../base/toml.ts";
import { defineCheck, found, foundAt, lacks, notApplicable, weigh } from "../engine/check.ts";
import { UNATTENDED } from "./_common.ts";

export default defineCheck({
  id: "script-entry-point",
  title: "Scripts have arguments and an exit code",
  why: "unattended and repeatable",
  section: "automation",
  level: "must-have",
  roles: UNATTENDED,
  guide: "automation#command-line-tools",
  actions: [{ kind: "snippet", prefix: "cli-argparse" }],
  judge(stack) {
    const { pyproject } = stack;
    const toml = pyproject?.toml;
    const table =
      toml &&
      ["project", "tool.poetry"].find(
        (key) => tableAt(toml.data, ...key.split("."), "scripts") !== undefined,
      );
    if (pyproject !== null && toml != null && table != null) {
      const place = { path: pyproject.path, line: toml.lineOf([...table.split("."), "scripts"]) };
      return weigh([found("pyproject.toml declares commands", place)]);
    }
    const setup = stack.code.find((file) => file.setup?.scripts === true);
    if (setup?.setup != null)
      return weigh([found("setup.py declares commands", { path: setup.path, line: setup.setup.line })]);
    const commands = stack.app.filter(({ path }) => /(?:^|\/)management\/commands\/(?!_)\w+\.py$/.test(path));
    const [command] = commands;
    if (command !== undefined)
      return weigh([found(`${commands.length} management commands`, { path: command.path, line: 1 })]);
    const flask = stack.calls(/^(?:flask\.cli\.\w+|click\.(?:command|group))$/)[0];
    const guarded = stack.app.filter(
      ({ mainGuard, path }) => mainGuard !== null && !/(?:^|\/)(?:manage|setup|wsgi|asgi)\.py$/.test(path),
    );
    const [script] = guarded;
    if (script === undefined && flask === undefined) return notApplicable("Nothing here is run as a script.");
    const parser =
      stack.calls(
        /^(?:argparse\.ArgumentParser|typer\.(?:Typer|run)|click\.(?:command|group|option)|fire\.Fire|docopt\.docopt)$/,
      )[0] ?? flask;
    const exits = stack.app.find(({ exits: lines }) => lines.length > 0);
    return weigh([
      script === undefined
        ? found("Commands are declared", flask ?? null)
        : found(`${guarded.length} scripts have a main guard`, {
            path: script.path,
            line: script.mainGuard ?? 1,
          }),
      foundAt(parser, "Arguments are parsed", "No script parses its arguments"),
      exits === undefined && !parser?.name.startsWith("typer") && !parser?.name.startsWith("click")
        ? lacks("No script gives an exit code")
        : found(
            "Scripts give an exit code",
            exits === undefined ? (parser ?? null) : { path: exits.path, line: exits.exits[0] ?? 1 },
          ),
    ]);
  },
});

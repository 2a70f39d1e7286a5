/** Calls and modules that stop a program, or open it, for somebody who debugs it. */

/** Whoever runs the program has to be at its terminal. */
export const DEBUGGERS: ReadonlySet<string> = new Set([
  "builtins.breakpoint",
  "pdb.set_trace",
  "ipdb.set_trace",
  "ipdb.sset_trace",
  "pudb.set_trace",
  "rpdb.set_trace",
  "wdb.set_trace",
  "web_pdb.set_trace",
  "remote_pdb.set_trace",
  "celery.contrib.rdb.set_trace",
  "IPython.embed",
  "IPython.terminal.embed.embed",
]);

/** Debug servers: whoever reaches the port can run code. */
export const DEBUG_SERVERS: ReadonlySet<string> = new Set([
  "debugpy.listen",
  "debugpy.wait_for_client",
  "debugpy.breakpoint",
  "ptvsd.enable_attach",
  "ptvsd.wait_for_attach",
  "pydevd.settrace",
  "pydevd_pycharm.settrace",
]);

export const DEBUG_PRINTS: ReadonlySet<string> = new Set(["icecream.ic"]);

export const DEBUGGER_MODULES: ReadonlySet<string> = new Set([
  "pdb",
  "ipdb",
  "pudb",
  "rpdb",
  "wdb",
  "web_pdb",
  "remote_pdb",
]);

/** Conditions and functions that make debugging a feature of the program. */
export const DEBUGGING_ON_PURPOSE =
  /debug|pdb|trace|post_?mortem|rdb|ipython|interact|console|shell|repl|embed|break|__debug__/i;

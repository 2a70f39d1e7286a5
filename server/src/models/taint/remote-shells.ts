/** Taint in libraries that run commands elsewhere: SSH, Fabric, Invoke, pexpect, Docker. */

import { sinks } from "./entries.ts";
import type { TaintModel } from "./types.ts";

export const remoteShells: TaintModel = {
  library: "remote shells",
  sinks: [
    ...sinks("command", "paramiko.SSHClient.exec_command", [0, "command"]),
    ...sinks("command", "fabric.Connection.run fabric.Connection.sudo fabric.Connection.local", [
      0,
      "command",
    ]),
    ...sinks("command", "invoke.run invoke.Context.run invoke.Context.sudo", [0, "command"]),
    ...sinks("command", "pexpect.spawn pexpect.run", [0, "command"]),
    ...sinks("command", "docker.models.containers.Container.exec_run", [0, "cmd"], { textOnly: true }),
    ...sinks("ssrf", "paramiko.SSHClient.connect", [0, "hostname"]),
  ],
};

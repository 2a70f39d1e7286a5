/** Every entry of the taint models works: a program that meets it has the flow that the entry says, or not. */

import { strict as assert } from "node:assert";
import { describe, it } from "node:test";
import { TAINT_MODELS } from "../../server/src/models/taint/index.ts";
import { riskSet, type SanitizerModel, type SinkModel } from "../../server/src/models/taint/types.ts";
import { spanOf } from "../../server/src/syntax/tree.ts";
import {
  plainSinks,
  probeOfDecorator,
  probeOfSanitizer,
  probeOfSink,
  probeOfSource,
  RARE,
  risksIn,
} from "../harness/taint-probes.ts";
import { flowsOf, knowledge } from "../unit/flow/harness.ts";

const PLAIN = plainSinks(TAINT_MODELS);
/** Leaving these out of the probes of sanitizers: their sources carry nothing that sanitizers clear. */
const OWN_SOURCES = new Set(["disclosure", "exposure", ...RARE]);

function risksOf(program: string): ReadonlySet<string> {
  return new Set(flowsOf(program).results.flatMap(({ hits }) => hits.map(({ risk }) => risk)));
}

/** True where something arrives in a sink on the last line: a sanitizer may be a sink of its own. */
function arrives(program: string, sink: SinkModel): boolean {
  const lastLine = program.trimEnd().lastIndexOf("\n");
  return flowsOf(program).results.some(({ hits }) =>
    hits.some((hit) => hit.sink === sink && spanOf(hit.node).start > lastLine),
  );
}

for (const model of TAINT_MODELS) {
  describe(`the taint model of ${model.library}`, () => {
    it("has sinks that are met", () => {
      const missed: string[] = [];
      for (const sink of model.sinks ?? []) {
        for (const argument of sink.receiver === true ? [null] : sink.args) {
          const program = probeOfSink(sink, argument);
          if (program !== null && !risksOf(program).has(sink.risk))
            missed.push(`${sink.name} (${sink.risk})\n${program}`);
        }
      }
      assert.deepEqual(missed, []);
    });

    it("has sources that are met", () => {
      const missed: string[] = [];
      for (const { name, kind, label, without = 0 } of model.sources ?? []) {
        assert.equal(without & riskSet("code"), 0, "the probe evaluates what the source gives");
        const programs = [false, true].map((called) => probeOfSource(name, called, kind));
        const met = programs.some((program) =>
          flowsOf(program).results.some(({ hits }) => hits.some(({ taint }) => taint.label === label)),
        );
        if (!met) missed.push(`${name}\n${programs[0]}`);
      }
      assert.deepEqual(missed, []);
    });

    it("has sanitizers that clear what they say", () => {
      assert.deepEqual((model.sanitizers ?? []).flatMap(failuresOf), []);
    });

    it("has decorators that let data in", () => {
      for (const name of [...(model.handlers ?? []), ...(model.tools ?? [])]) {
        assert.ok(risksOf(probeOfDecorator(name)).has("code"), probeOfDecorator(name));
      }
    });

    it("has guards and exits that are known by name", () => {
      for (const { name } of model.guards ?? []) assert.ok(knowledge.guards.has(name));
      for (const name of model.noReturn ?? []) {
        const [module, ...rest] = name.startsWith("builtins.")
          ? ["flask", name.slice(9)]
          : [name.slice(0, name.lastIndexOf(".")), name];
        const program = `import flask, ${module}\n\n\ndef probe():\n    ${rest.join("")}(1)\n    eval(flask.request.args["q"])\n`;
        assert.deepEqual([...risksOf(program)], [], program);
      }
    });
  });
}

/** The risks that a sanitizer does not clear although it says so; one without a plain sink cannot be tried. */
function failuresOf({ name, clears }: SanitizerModel): readonly string[] {
  const failures: string[] = [];
  for (const risk of risksIn(clears)) {
    const sink = PLAIN.get(risk);
    if (sink === undefined || OWN_SOURCES.has(risk) || sink.part !== undefined) continue;
    if (!risksOf(probeOfSanitizer(name, sink, false)).has(risk))
      failures.push(`no flow without ${name} (${risk})`);
    const program = probeOfSanitizer(name, sink, true);
    if (arrives(program, sink)) failures.push(`${name} leaves ${risk}\n${program}`);
  }
  return failures;
}

/** Service builds as a small, pinned, non-root image. */

import { defineCheck, found, lacks, missing, notApplicable, type Part, weigh } from "../engine/check.ts";
import type { Dockerfile } from "../stack/dockerfile.ts";
import type { Stack } from "../stack/stack.ts";
import { EVERYONE, isLibrary } from "./_common.ts";
import { createFile } from "./_scaffolds.ts";

const DOCKERIGNORE = `.git\n.venv\n.env\n__pycache__\n.pytest_cache\n`;

export default defineCheck({
  id: "container-image-ready",
  title: "Service builds as a small, pinned, non-root image",
  why: "the same everywhere, with a smaller blast radius",
  section: "deployment",
  level: "differentiator",
  roles: EVERYONE,
  guide: "deployment#dockerfile",
  actions: [
    { kind: "snippet", prefix: "docker-uv" },
    { kind: "snippet", prefix: "docker-pip" },
    { kind: "snippet", prefix: "ignore-docker" },
    { kind: "scaffold", title: "Create .dockerignore", build: createFile(".dockerignore", DOCKERIGNORE) },
  ],
  judge(stack) {
    const file = productionFile(stack);
    if (file === undefined) {
      const [platform] = stack.files.top(
        /^(?:serverless\.ya?ml|app\.ya?ml|template\.ya?ml|samconfig\.toml|project\.toml)$/,
      );
      if (platform !== undefined)
        return notApplicable(`${platform.path} describes the platform that runs it.`);
      return isLibrary(stack) ? notApplicable("This is a library.") : missing("There is no Dockerfile.");
    }
    const built = found("An image is built", { path: file.path, line: file.stages[0]?.line ?? 1 });
    return weigh([built, ...stageParts(file, stack), ...secretParts(file), ignorePart(stack)]);
  },
});

/** The one that is deployed: not those of development containers, tests and front ends. */
function productionFile(stack: Stack): Dockerfile | undefined {
  const files = stack.dockerfiles.filter(
    ({ path, stages }) =>
      stages.length > 0 &&
      !/(?:^|\/)\.devcontainer\/|(?:^|[/._-])(?:dev|test|ci|local|docs?)(?:[/._-]|$)/i.test(path),
  );
  const python = files.filter(({ stages }) =>
    stages.some(
      ({ image, instructions }) =>
        /python|uv\b/.test(image) ||
        instructions.some(({ value }) => /\b(?:pip|uv|poetry|python)\b/.test(value)),
    ),
  );
  return [...(python.length > 0 ? python : files)].sort((a, b) => a.path.length - b.path.length)[0];
}

function stageParts({ path, stages }: Dockerfile, stack: Stack): readonly Part[] {
  const last = stages[stages.length - 1];
  if (last === undefined) return [];
  const names = new Set(stages.flatMap(({ name }) => name ?? []));
  const at = (line: number) => ({ path, line });
  const inherited = withParents(last.image, stages, last);
  const user = inherited.findLast(({ name }) => name === "USER");
  const start = inherited.findLast(({ name }) => name === "CMD" || name === "ENTRYPOINT");
  const bases = stages.filter(({ image }) => !names.has(image) && image !== "scratch");
  const loose = bases.filter(
    ({ image }) => !/@sha256:|:\d+\.\d+|:[\w.-]*\d{2,}/.test(image) && !/\$/.test(image),
  );
  const slim = stages.length > 1 || bases.some(({ image }) => /slim|alpine|distroless|chiseled/.test(image));
  const installs = stages
    .flatMap(({ instructions }) => instructions)
    .filter(
      ({ name, value }) =>
        name === "RUN" && /\b(?:pip3?|uv|poetry|pipenv|pdm) (?:install|sync|pip)/.test(value),
    );
  const locked =
    installs.find(({ value }) =>
      /--locked|--frozen|--require-hashes|poetry install|pipenv (?:sync|install --deploy)|pdm (?:sync|install)|uv sync/.test(
        value,
      ),
    ) ?? installs.find(({ value }) => /-r\s|--requirement/.test(value) && allPinned(stack));
  return [
    user === undefined || /^(?:root|0)(?::|$)/.test(user.value)
      ? lacks("It runs as root", at(user?.line ?? last.line))
      : found(`It runs as ${user.value}`, at(user.line)),
    ...(loose.length === 0
      ? [found("Base images are pinned to a version", at(bases[0]?.line ?? last.line))]
      : loose.map(({ image, line }) => lacks(`${image} names no minor version and no digest`, at(line)))),
    slim
      ? found(
          stages.length > 1 ? "Build and run are stages of their own" : "The base image is a small one",
          at(last.line),
        )
      : lacks("It has one stage on a full base image", at(last.line)),
    ...(installs.length === 0
      ? []
      : [
          locked === undefined
            ? lacks("What is installed is not locked", at(installs[0]?.line ?? 1))
            : found("What is installed is locked", at(locked.line)),
        ]),
    start === undefined
      ? lacks("It does not say what to run", at(last.line))
      : start.value.startsWith("[")
        ? found("The command is in exec form", at(start.line))
        : lacks("The command runs in a shell, which swallows signals", at(start.line)),
  ];
}

/** The instructions of a stage behind those of the stages that it is built on. */
function withParents(
  image: string,
  stages: Dockerfile["stages"],
  stage: Dockerfile["stages"][number],
): readonly Dockerfile["stages"][number]["instructions"][number][] {
  const parent = stages.find((one) => one.name === image && one !== stage);
  return parent === undefined
    ? stage.instructions
    : [...withParents(parent.image, stages, parent), ...stage.instructions];
}

function allPinned(stack: Stack): boolean {
  const files = stack.manifests.filter(
    ({ format, pinned, path }) =>
      format === "requirements" && (pinned?.total ?? 0) > 0 && !/dev|test|doc/.test(path),
  );
  return files.length > 0 && files.every(({ pinned }) => pinned !== null && pinned.exact === pinned.total);
}

function secretParts({ path, stages }: Dockerfile): readonly Part[] {
  const secret =
    /(?:^|\s)(?:\w*(?:PASSWORD|SECRET|TOKEN|API_?KEY|PRIVATE_KEY)\w*)\s*[=\s]\s*["']?(?!\$|["']?(?:$|\s|changeme|dummy|unused|none|placeholder|build|fake|test))\S/i;
  return stages.flatMap(({ instructions }) =>
    instructions
      .filter(({ name, value }) => (name === "ENV" || name === "ARG") && secret.test(value))
      .map(({ name, line }) => lacks(`${name} keeps a secret in a layer`, { path, line })),
  );
}

function ignorePart(stack: Stack): Part {
  const file = stack.texts.find(({ path, lines }) => /\.dockerignore$/.test(path) && lines !== null);
  if (file === undefined)
    return lacks("There is no .dockerignore: .git and .env may be copied into the image");
  const lines = (file.lines ?? []).map((line) => line.trim());
  // A list that begins by hiding everything lets in only what it names.
  const all = lines.some((line) => line === "*" || line === "**" || line === "/*");
  const gaps = all
    ? []
    : [".git", ".env", ".venv"].filter(
        (name) =>
          !lines.some(
            (line) =>
              line.replace(/^[/*]+|\/+$/g, "").replace(/\*+$/, "") === name ||
              (name === ".venv" && /^(?:\*\*\/)?\.?v?env/.test(line)) ||
              line === ".*",
          ),
      );
  return gaps.length === 0
    ? found(".dockerignore keeps private files out", { path: file.path, line: 1 })
    : lacks(`.dockerignore does not name ${gaps.join(", ")}`, { path: file.path, line: 1 });
}

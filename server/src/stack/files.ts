/** The files of a project by path, and the questions that checks ask of them. */

export interface StackFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

export interface StackFiles {
  readonly all: readonly StackFile[];
  has(path: string): boolean;
  /** Files whose path relative to the root matches. */
  find(pattern: RegExp): readonly StackFile[];
  /** Files that lie in the root itself or in a folder above it, by base name. */
  top(name: RegExp): readonly StackFile[];
}

/** @param root the project's root, relative to the folder; files above it are those that all projects share */
export function createFiles(all: readonly StackFile[], root: string): StackFiles {
  const paths = new Set(all.map(({ path }) => path));
  const prefix = root === "" ? 0 : root.length + 1;
  const relative = ({ path }: StackFile) =>
    prefix > 0 && path.startsWith(`${root}/`) ? path.slice(prefix) : path;
  return {
    all,
    has: (path) => paths.has(path),
    find: (pattern) => all.filter((file) => pattern.test(relative(file))),
    top: (name) =>
      all.filter(({ path }) => {
        const slash = path.lastIndexOf("/");
        const folder = slash === -1 ? "" : path.slice(0, slash);
        return (
          (folder === "" || folder === root || root.startsWith(`${folder}/`)) &&
          name.test(path.slice(slash + 1))
        );
      }),
  };
}

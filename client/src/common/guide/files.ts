/** The guide as a read-only file system of one scheme, the same on desktop and web, with pages written on the fly. */

import {
  type Disposable,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  Uri,
  workspace,
} from "vscode";

export const GUIDE_SCHEME = "stack-coach-guide";
/** Pages that are not files: what the server explained last. */
const GENERATED = "/explained/";

export interface GuideFiles extends Disposable {
  /** The address of a page, whether it exists or not; `page` without `.md`. */
  uri(page: string, anchor: string): Uri;
  /** The Markdown of a page, or null where there is none. */
  read(page: string): Promise<string | null>;
  /** Shows Markdown under a name of its own until the window closes. */
  publish(name: string, markdown: string): Uri;
}

/** @param root the folder that holds the pages */
export function createGuideFiles(root: Uri): GuideFiles {
  const generated = new Map<string, Uint8Array>();
  const changes = new EventEmitter<FileChangeEvent[]>();
  const load = async (path: string): Promise<Uint8Array> => {
    const written = generated.get(path);
    if (written) return written;
    return workspace.fs.readFile(Uri.joinPath(root, path));
  };
  const registration = workspace.registerFileSystemProvider(GUIDE_SCHEME, readOnlyProvider(load, changes), {
    isReadonly: true,
    isCaseSensitive: true,
  });
  return {
    uri: (page, anchor) => Uri.from({ scheme: GUIDE_SCHEME, path: `/${page}.md`, fragment: anchor }),
    async read(page) {
      const bytes = await load(`/${page}.md`).catch(() => null);
      return bytes && new TextDecoder().decode(bytes);
    },
    publish(name, markdown) {
      const uri = Uri.from({ scheme: GUIDE_SCHEME, path: `${GENERATED}${name}.md` });
      generated.set(uri.path, new TextEncoder().encode(markdown));
      changes.fire([{ type: FileChangeType.Changed, uri }]);
      return uri;
    },
    dispose() {
      registration.dispose();
      changes.dispose();
    },
  };
}

function readOnlyProvider(
  load: (path: string) => Promise<Uint8Array>,
  changes: EventEmitter<FileChangeEvent[]>,
): FileSystemProvider {
  const opened = Date.now();
  const read = async (uri: Uri): Promise<Uint8Array> => {
    try {
      return await load(uri.path);
    } catch {
      throw FileSystemError.FileNotFound(uri);
    }
  };
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  return {
    onDidChangeFile: changes.event,
    watch: () => ({ dispose: () => {} }),
    async stat(uri): Promise<FileStat> {
      if (!uri.path.endsWith(".md")) return { type: FileType.Directory, ctime: 0, mtime: opened, size: 0 };
      const { length } = await read(uri);
      // A page written anew has another size or the same text; both are right for the editor's cache.
      return {
        type: FileType.File,
        ctime: 0,
        mtime: uri.path.startsWith(GENERATED) ? Date.now() : opened,
        size: length,
      };
    },
    readFile: read,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}

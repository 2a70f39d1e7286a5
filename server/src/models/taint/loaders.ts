/** Taint in loaders that build objects: YAML, pickles of all kinds, saved models. */

import { clears, members, receivers, sinks } from "./entries.ts";
import { riskSet, type TaintModel } from "./types.ts";

const SAFE_LOADERS = ["yaml.SafeLoader", "yaml.CSafeLoader", "yaml.BaseLoader", "yaml.CBaseLoader"];

export const yaml: TaintModel = {
  library: "yaml",
  sinks: [
    ...sinks("deserialization", "yaml.load yaml.load_all", [0, "stream"], {
      when: [{ at: 1, name: "Loader", noneOf: SAFE_LOADERS }],
    }),
    ...sinks("deserialization", "yaml.unsafe_load yaml.unsafe_load_all yaml.full_load yaml.full_load_all", [
      0,
      "stream",
    ]),
  ],
};

export const pickles: TaintModel = {
  library: "pickle",
  sinks: [
    ...sinks("deserialization", "pickle.load pickle.loads pickle.Unpickler marshal.load marshal.loads"),
    ...sinks("deserialization", "shelve.open", [0, "filename"]),
    ...sinks(
      "deserialization",
      "dill.load dill.loads cloudpickle.load cloudpickle.loads jsonpickle.decode joblib.load",
    ),
    ...sinks("deserialization", "pandas.read_pickle", [0, "filepath_or_buffer"]),
    ...sinks("deserialization", "torch.load", [0, "f"], { when: [{ name: "weights_only", oneOf: [false] }] }),
    ...sinks("deserialization", "numpy.load", [0, "file"], {
      when: [{ name: "allow_pickle", oneOf: [true] }],
    }),
  ],
};

export const archives: TaintModel = {
  library: "archives",
  sources: [
    ...["tarfile.TarInfo.name", "tarfile.TarInfo.linkname", "zipfile.ZipInfo.filename"].map((name) => ({
      name,
      kind: "archive" as const,
      label: "a name inside an archive",
    })),
    ...members("tarfile.TarFile", "getnames")
      .split(" ")
      .concat("zipfile.ZipFile.namelist")
      .map((name) => ({ name, kind: "archive" as const, label: "a name inside an archive" })),
  ],
  sinks: [
    ...receivers("archive", members("tarfile.TarFile", "extractall extract"), "where `tarfile` extracts", {
      when: [{ name: "filter", given: false }],
    }),
    ...sinks("archive", "shutil.unpack_archive", [0, "filename"], {
      when: [{ name: "filter", given: false }],
    }),
  ],
  sanitizers: [...clears(riskSet("archive"), "tarfile.data_filter")],
};

/** What we know of pandas and NumPy. */

import { type ClassModel, each, type FunctionEntry, type LibraryModel } from "../types.ts";

/** Methods of frames and series that give one of the same kind. */
const SHAPE_KEEPING = `abs add_prefix add_suffix asfreq astype bfill clip copy cummax cummin cumprod cumsum diff div
  drop drop_duplicates dropna ffill fillna head infer_objects interpolate isin isna isnull mask mod mul ne notna
  notnull pct_change pow rank reindex rename replace round sample shift sort_index sort_values sub tail
  truncate tz_convert tz_localize where add le lt ge gt eq truediv floordiv transform nlargest nsmallest
  convert_dtypes set_axis rename_axis __add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__
  __neg__ __abs__ __invert__`;

/** With `inplace=True` a method returns None instead. */
const keeping: Readonly<Record<string, FunctionEntry>> = each(SHAPE_KEEPING, {
  returns: "Self",
  unknownWith: ["inplace"],
});

/** Ways to write that return a text where no file is given: unknown. */
const WRITERS = each("to_csv to_json to_html to_markdown to_string to_latex to_xml", "?");

const FRAME: ClassModel = {
  methods: {
    ...keeping,
    ...WRITERS,
    ...each("describe stack unstack eval map", "?"),
    transpose: "pandas.DataFrame",
    ...each("merge join assign pivot pivot_table melt explode corr cov select_dtypes applymap", {
      returns: "pandas.DataFrame",
    }),
    ...each("query set_index reset_index", { returns: "pandas.DataFrame", unknownWith: ["inplace"] }),
    append: "pandas.DataFrame",
    from_dict: "pandas.DataFrame",
    from_records: "pandas.DataFrame",
    iterrows: "collections.abc.Iterator[tuple[?, pandas.Series]]",
    itertuples: "collections.abc.Iterator[tuple]",
    items: "collections.abc.Iterator[tuple[?, pandas.Series]]",
    groupby: "pandas.core.groupby.DataFrameGroupBy",
    to_dict: "?",
    to_numpy: "numpy.ndarray",
    ...each("to_parquet to_excel to_pickle to_sql to_hdf to_feather to_clipboard", "?"),
    ...each("info insert", "None"),
    pop: "pandas.Series",
    apply: "?",
    ...each("duplicated", "pandas.Series"),
    __getitem__: "?",
    ...each("equals __contains__", "bool"),
    resample: "?",
    rolling: "?",
  },
  attributes: {
    ...each("index columns", "pandas.Index"),
    values: "numpy.ndarray",
    dtypes: "pandas.Series",
    shape: "tuple[int, int]",
    ...each("size ndim", "int"),
    empty: "bool",
    T: "pandas.DataFrame",
    loc: "pandas.core.indexing._LocIndexer",
    iloc: "pandas.core.indexing._iLocIndexer",
    at: "pandas.core.indexing._AtIndexer",
    iat: "pandas.core.indexing._iAtIndexer",
    style: "?",
  },
};

const SERIES: ClassModel = {
  methods: {
    ...keeping,
    ...WRITERS,
    map: "pandas.Series",
    value_counts: "pandas.Series",
    append: "pandas.Series",
    unique: "?",
    ...each("nunique count argmax argmin", "int"),
    ...each("tolist to_list", "list"),
    to_dict: "dict",
    to_numpy: "numpy.ndarray",
    to_frame: "pandas.DataFrame",
    items: "collections.abc.Iterator[tuple]",
    apply: "?",
    ...each("sum mean median min max std var", "?"),
    groupby: "pandas.core.groupby.SeriesGroupBy",
    between: "pandas.Series",
    __getitem__: "?",
    __contains__: "bool",
  },
  attributes: {
    index: "pandas.Index",
    values: "?",
    shape: "tuple[int]",
    ...each("size ndim", "int"),
    ...each("empty is_unique hasnans", "bool"),
    str: "pandas.core.strings.accessor.StringMethods",
    dt: "?",
    cat: "?",
    name: "?",
    dtype: "?",
    loc: "pandas.core.indexing._LocIndexer",
    iloc: "pandas.core.indexing._iLocIndexer",
    at: "pandas.core.indexing._AtIndexer",
    iat: "pandas.core.indexing._iAtIndexer",
  },
};

/** Readers that give chunks instead of a frame when asked to. */
const CHUNKED: FunctionEntry = { returns: "pandas.DataFrame", unknownWith: ["chunksize", "iterator"] };

export const PANDAS: LibraryModel = {
  packages: ["pandas"],
  functions: {
    ...each(
      "pandas.read_csv pandas.read_table pandas.read_json pandas.read_sql pandas.read_sql_query pandas.read_sql_table pandas.read_sas",
      CHUNKED,
    ),
    ...each(
      "pandas.read_parquet pandas.read_feather pandas.read_orc pandas.read_fwf pandas.read_clipboard pandas.read_xml pandas.read_spss pandas.read_gbq",
      "pandas.DataFrame",
    ),
    // A dictionary of frames for several sheets; a list of frames for a page.
    "pandas.read_excel": { returns: "pandas.DataFrame", unknownWith: ["sheet_name"] },
    "pandas.read_html": "list[pandas.DataFrame]",
    ...each(
      "pandas.read_pickle pandas.read_hdf pandas.concat pandas.to_numeric pandas.to_datetime pandas.to_timedelta pandas.cut pandas.qcut pandas.eval",
      "?",
    ),
    ...each(
      "pandas.merge pandas.merge_asof pandas.merge_ordered pandas.pivot pandas.pivot_table pandas.crosstab pandas.melt pandas.get_dummies pandas.json_normalize pandas.wide_to_long",
      "pandas.DataFrame",
    ),
    ...each("pandas.date_range pandas.bdate_range", "pandas.DatetimeIndex"),
    ...each("pandas.isna pandas.isnull pandas.notna pandas.notnull pandas.unique pandas.factorize", "?"),
    ...each("pandas.set_option pandas.reset_option", "None"),
    "pandas.option_context": "?",
  },
  classes: {
    "pandas.DataFrame": FRAME,
    "pandas.Series": SERIES,
    "pandas.Index": {
      methods: { ...each("tolist to_list", "list"), isin: "numpy.ndarray" },
      attributes: { ...each("size nlevels", "int"), values: "?", name: "?", ...each("is_unique", "bool") },
    },
    ...each(
      "pandas.MultiIndex pandas.DatetimeIndex pandas.RangeIndex pandas.CategoricalIndex pandas.PeriodIndex pandas.TimedeltaIndex",
      { bases: ["pandas.Index"] },
    ),
    "pandas.Timestamp": { bases: ["datetime.datetime"] },
    "pandas.Timedelta": { bases: ["datetime.timedelta"] },
    ...each("pandas.Categorical pandas.Period pandas.Interval pandas.Grouper pandas.NamedAgg", {}),
    "pandas.ExcelWriter": { enter: "Self", methods: { close: "None" } },
    "pandas.ExcelFile": {
      enter: "Self",
      methods: { parse: "?", close: "None" },
      attributes: { sheet_names: "list[str]" },
    },
    "pandas.HDFStore": { enter: "Self", methods: { close: "None" } },
    ...each(
      "pandas.core.indexing._LocIndexer pandas.core.indexing._iLocIndexer pandas.core.indexing._AtIndexer pandas.core.indexing._iAtIndexer",
      {},
    ),
    "pandas.core.strings.accessor.StringMethods": {
      methods: {
        ...each(
          "capitalize cat casefold contains count endswith extract find fullmatch get index isalnum isalpha isdigit islower isnumeric isspace isupper join len ljust lower lstrip match normalize pad replace rjust rstrip slice split startswith strip swapcase title upper zfill",
          "?",
        ),
        ...each(
          "lower upper strip lstrip rstrip title capitalize casefold swapcase zfill pad slice replace contains startswith endswith match fullmatch len",
          "pandas.Series",
        ),
      },
    },
    "pandas.core.groupby.DataFrameGroupBy": {
      methods: {
        ...each(
          "agg aggregate apply transform filter sum mean count size first last min max std var median describe head tail",
          "?",
        ),
        ...each("ngroup cumcount", "pandas.Series"),
        get_group: "pandas.DataFrame",
        __getitem__: "?",
      },
      attributes: { groups: "dict", ngroups: "int" },
      iterates: "tuple[?, pandas.DataFrame]",
    },
    "pandas.core.groupby.SeriesGroupBy": { iterates: "tuple[?, pandas.Series]" },
    "pandas.errors.EmptyDataError": { bases: ["ValueError"] },
    "pandas.errors.ParserError": { bases: ["ValueError"] },
  },
  aliases: {
    "pandas.core.frame.DataFrame": "pandas.DataFrame",
    "pandas.core.series.Series": "pandas.Series",
    "pandas.io.json.json_normalize": "pandas.json_normalize",
    "pandas.io.sql": "pandas",
    "pandas.core.reshape.concat.concat": "pandas.concat",
  },
};

const ARRAY_MAKERS = `array asarray asanyarray zeros ones empty full zeros_like ones_like empty_like full_like arange
  linspace logspace eye identity diag concatenate stack vstack hstack dstack column_stack append insert delete reshape
  ravel transpose tile repeat sort fromiter frombuffer fromstring loadtxt genfromtxt cumsum
  cumprod diff flip roll copy`;

const NDARRAY: ClassModel = {
  methods: {
    ...each(
      "astype copy flatten ravel reshape squeeze transpose swapaxes repeat clip round cumsum cumprod conj byteswap",
      "Self",
    ),
    tolist: "?",
    tobytes: "bytes",
    ...each("sum mean std var min max prod argmax argmin all any dot item take", "?"),
    ...each("fill sort resize tofile dump setflags", "None"),
    dumps: "bytes",
    view: "?",
    __getitem__: "?",
    __contains__: "bool",
  },
  attributes: {
    shape: "tuple[int]",
    ...each("size ndim nbytes itemsize", "int"),
    dtype: "numpy.dtype",
    T: "Self",
  },
};

const GENERATOR_METHODS: Readonly<Record<string, FunctionEntry>> = each(
  "random integers choice normal uniform shuffle permutation standard_normal binomial poisson exponential rand randn randint",
  "?",
);

export const NUMPY: LibraryModel = {
  packages: ["numpy"],
  functions: {
    ...Object.fromEntries(ARRAY_MAKERS.split(/\s+/).map((name) => [`numpy.${name}`, "numpy.ndarray"])),
    ...each(
      "numpy.load numpy.where numpy.sum numpy.mean numpy.std numpy.median numpy.min numpy.max numpy.dot numpy.abs numpy.round numpy.percentile numpy.quantile",
      "?",
    ),
    ...each("numpy.save numpy.savez numpy.savez_compressed numpy.savetxt", "None"),
    ...each("numpy.array_equal numpy.allclose numpy.isscalar", "bool"),
    "numpy.random.default_rng": "numpy.random.Generator",
    "numpy.random.seed": "None",
    ...Object.fromEntries(Object.keys(GENERATOR_METHODS).map((name) => [`numpy.random.${name}`, "?"])),
  },
  classes: {
    "numpy.ndarray": NDARRAY,
    "numpy.matrix": { bases: ["numpy.ndarray"] },
    "numpy.dtype": { attributes: { ...each("name kind char str", "str"), itemsize: "int" } },
    "numpy.random.Generator": { methods: GENERATOR_METHODS },
    "numpy.random.RandomState": { methods: GENERATOR_METHODS },
    ...each(
      "numpy.int8 numpy.int16 numpy.int32 numpy.int64 numpy.uint8 numpy.uint16 numpy.uint32 numpy.uint64 numpy.float16 numpy.float32 numpy.float64 numpy.bool_ numpy.complex64 numpy.complex128 numpy.datetime64 numpy.timedelta64 numpy.str_",
      {
        bases: ["numpy.generic"],
      },
    ),
    "numpy.generic": { methods: { item: "?", tolist: "?" } },
  },
  aliases: { "numpy.core.multiarray.array": "numpy.array" },
};

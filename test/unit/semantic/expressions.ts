/** Random constant Python expressions, mostly well typed. */

import fc from "fast-check";

type Text = fc.Arbitrary<string>;

/** Joins arbitrary parts by a template: `build("({} + {})", a, b)`. */
function build(template: string, ...parts: Text[]): Text {
  const pieces = template.split("{}");
  return fc
    .tuple(...parts)
    .map((values) => pieces.map((piece, index) => piece + (values[index] ?? "")).join(""));
}

const CHARS = fc.constantFrom(..."abcXYZ 019_-%{}'\"\\é€😀\n\t".split(/(?:)/u));
const WORD = fc.array(CHARS, { maxLength: 6 }).map((chars) => chars.join(""));
const PLAIN = fc.constantFrom("", "a", "ab", "abc", " x ", "A,b", "%s-%d", "{}/{0}", "{x!r:>5}", "q%(k)s%%");

function quoted(text: string): string {
  const escaped = Array.from(text, (char) => {
    if (char === "\n") return "\\n";
    if (char === "\t") return "\\t";
    return char === "'" || char === "\\" ? `\\${char}` : char;
  });
  return `'${escaped.join("")}'`;
}

const STR_LITERAL = fc.oneof(WORD, PLAIN).map(quoted);
const BYTES_LITERAL = fc.constantFrom("b''", "b'ab'", "b'a\\xff'", "b' x'", "b'\\n'", 'b"\'"');
const INT_LITERAL = fc.oneof(
  fc.integer({ min: -20, max: 20 }).map((value) => (value < 0 ? `(${value})` : String(value))),
  fc.constantFrom("0x1F", "1_000", "255", "9007199254740993", "12345678901234567890"),
);
const FLOAT_LITERAL = fc.constantFrom("0.5", "1.5", "2.0", "1e16", "1e-5", "123456.789", "1e300", "0.1");
const SMALL = fc.integer({ min: -4, max: 6 }).map((value) => (value < 0 ? `(${value})` : String(value)));
const BOUND = fc.oneof(SMALL, fc.constant(""));
const SPEC = fc.constantFrom(
  "",
  ":>6",
  ":<4",
  ":^7",
  ":*^5",
  ":5",
  ":05",
  ":x",
  ":#o",
  ":+",
  ":,",
  ":_",
  ":b",
  ":.2",
  ":d",
  ":s",
);
const CONVERSION = fc.constantFrom("", "!r", "!s", "!a");
const PERCENT = fc.constantFrom(
  "%s",
  "%d",
  "%5s",
  "%-4d",
  "%05d",
  "%x",
  "%#X",
  "%r",
  "%+d",
  "%.1s",
  "%%",
  "%a",
);

/** An f-string; before Python 3.12 what it holds must have no quotes of its own and no backslashes. */
function interpolated(value: string, rest: string): string {
  return /['"\\]/.test(value) ? `str(${value})` : `f'a{ ${value}${rest}}b'`;
}

/** Expressions nested at most so deep. */
export const EXPRESSION: Text = fc.letrec<Record<string, string>>((tie) => {
  const str = tie("str");
  const int = tie("int");
  const any = tie("any");
  const sequence = tie("sequence");
  const deep = (...options: Text[]) =>
    fc.oneof({ maxDepth: 4, depthIdentifier: "expression" }, ...(options as [Text]));
  return {
    str: deep(
      STR_LITERAL,
      build("({} + {})", str, str),
      build("({} * {})", str, SMALL),
      build(
        "({} % {})",
        PERCENT.map((percent) => `'<${percent}>'`),
        any,
      ),
      build(
        "({} % ({}, {}))",
        fc.tuple(PERCENT, PERCENT).map(([a, b]) => `'${a}|${b}'`),
        any,
        any,
      ),
      build("('%(k)s-%(j)r' % {{}})", build("'k': {}, 'j': {}", any, any)).map((text) =>
        text.replace("{{", "{").replace("}}", "}"),
      ),
      fc
        .tuple(any, CONVERSION, SPEC)
        .map(([value, conversion, spec]) => interpolated(value, conversion + spec)),
      build("{}.format({}, {}, x={})", STR_LITERAL, any, any, any),
      build("'{{}{}} {{}{}}'.format({}, {})", CONVERSION, SPEC, CONVERSION, SPEC, any, any),
      build(
        "{}.{}({})",
        str,
        fc.constantFrom("strip", "lstrip", "rstrip", "removeprefix", "removesuffix"),
        str,
      ),
      build("{}.{}()", str, fc.constantFrom("strip", "lower", "upper", "rstrip")),
      build("{}.replace({}, {})", str, str, str),
      build("{}.replace({}, {}, {})", str, str, str, SMALL),
      build("{}.join(({}, {}))", str, str, str),
      build("{}.join({})", str, sequence),
      build("{}[{}]", str, SMALL),
      build("{}[{}:{}]", str, BOUND, BOUND),
      build("{}[{}:{}:{}]", str, BOUND, BOUND, SMALL),
      build("{}.encode('utf-8').decode()", str),
      build("str({})", any),
      build("repr({})", any),
      build("{'a': {}, 'b': {}}[{}]", INT_LITERAL, STR_LITERAL, fc.constantFrom("'a'", "'b'", "'c'")),
      build("{'a': {}}.get({}, {})", STR_LITERAL, str, STR_LITERAL),
    ),
    bytes: deep(
      BYTES_LITERAL,
      build("({} + {})", tie("bytes"), tie("bytes")),
      build("{}.encode({})", str, fc.constantFrom("", "'ascii'", "'latin-1'", "'UTF8'")),
      build("{}[{}:{}]", tie("bytes"), BOUND, BOUND),
    ),
    int: deep(
      INT_LITERAL,
      build("({} {} {})", int, fc.constantFrom("+", "-", "*", "//", "%", "&", "|", "^"), int),
      build("({} {} {})", int, fc.constantFrom("<<", ">>", "**"), fc.constantFrom("0", "1", "3", "7")),
      build("({}{})", fc.constantFrom("-", "+", "~", "- -"), int),
      build("len({})", fc.oneof(str, sequence)),
      build("ord({}[0])", str),
      build("int({})", fc.oneof(int, str)),
      build("{}[{}]", tie("bytes"), SMALL),
    ),
    float: deep(
      FLOAT_LITERAL,
      build("({} {} {})", tie("float"), fc.constantFrom("+", "-", "*", "/"), fc.oneof(int, tie("float"))),
      build("({} / {})", int, int),
    ),
    bool: deep(
      fc.constantFrom("True", "False", "None"),
      build(
        "({} {} {})",
        int,
        fc.constantFrom("<", "<=", "==", "!=", ">", ">="),
        fc.oneof(int, tie("float")),
      ),
      build("({} {} {})", str, fc.constantFrom("<", "==", "in", "not in", ">="), str),
      build("({} {} {})", any, fc.constantFrom("in", "not in"), sequence),
      build("({} {} {})", any, fc.constantFrom("==", "!=", "is", "is not"), any),
      build("({} < {} <= {})", int, int, int),
      build("(not {})", any),
      build("{}.{}({})", str, fc.constantFrom("startswith", "endswith"), str),
      build("bool({})", any),
      build("({} < {})", sequence, sequence),
    ),
    sequence: deep(
      build("({},)", any),
      build("[{}, {}]", any, any),
      build("({}, {}, {})", str, str, str),
      build("{{}, {}}", int, str),
      build("({} + {})", sequence, sequence),
      build("({} * {})", sequence, SMALL),
      build("{}[{}:{}]", sequence, BOUND, BOUND),
      build("{}.split()", str),
      build("{}.split({})", str, str),
      build("tuple({})", fc.oneof(str, sequence)),
      build("[*{}, {}]", sequence, any),
    ),
    any: deep(
      fc.oneof(STR_LITERAL, INT_LITERAL, FLOAT_LITERAL, BYTES_LITERAL, fc.constantFrom("None", "True")),
      str,
      int,
      tie("bool"),
      tie("float"),
      tie("bytes"),
      sequence,
      build("({} and {})", any, any),
      build("({} or {})", any, any),
      build("({} if {} else {})", any, any, any),
      build("{}[{}]", sequence, SMALL),
    ),
  };
}).any as Text;

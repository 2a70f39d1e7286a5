/** Decodes the bytes of a Python source file as the interpreter would (PEP 263), or says why that is not possible. */

type Decoder = InstanceType<typeof TextDecoder>;

export type Decoded = { readonly text: string; readonly encoding: string } | { readonly problem: string };

/** PEP 263's pattern, applied to one of the first two lines. */
const CODING_COMMENT = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/;
const BLANK_OR_COMMENT = /^[ \t\f]*(?:#.*)?$/;

/**
 * The text of a Python file, without its byte order mark, as an editor would show it: a lone carriage return ends
 * a line for the interpreter and for VS Code, so it becomes a line feed, at equal length.
 *
 * Refused with one sentence: UTF-16 and UTF-32, null bytes (binary data), an encoding that is not known, and
 * bytes that are not valid in the file's encoding.
 */
export function decodePython(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== null) {
    return { problem: `The file is encoded as ${wide}, which Python cannot read: save it as UTF-8.` };
  }
  if (bytes.includes(0))
    return { problem: "The file holds null bytes: it is binary, or UTF-16 without a mark." };
  const decoded = decodeNarrow(bytes);
  return "text" in decoded ? { ...decoded, text: decoded.text.replace(/\r(?!\n)/g, "\n") } : decoded;
}

/** Decodes what is neither UTF-16 nor binary. */
function decodeNarrow(bytes: Uint8Array): Decoded {
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const declared = declaredEncoding(bytes);
  if (declared === null) return decodeWith("utf-8", bytes);
  const normal = normalise(declared);
  if (hasBom && normal !== "utf-8") {
    return { problem: `The file starts with a UTF-8 mark but declares the encoding ${declared}.` };
  }
  return decodeWith(normal, bytes);
}

/** The name of the two- or four-byte encoding that the file's mark announces. */
function wideEncoding(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? "UTF-32" : "UTF-16";
  if (a === 0xfe && b === 0xff) return "UTF-16";
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return "UTF-32";
  return null;
}

/** What the coding comment of the first two lines says, unchanged. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const head = latin1(bytes.subarray(0, 1024)).replace(/^\u00ef\u00bb\u00bf/, "");
  const [first = "", second = ""] = head.split(/\r\n|\r|\n/, 2);
  const inFirst = CODING_COMMENT.exec(first)?.[1];
  if (inFirst !== undefined) return inFirst;
  return BLANK_OR_COMMENT.test(first) ? (CODING_COMMENT.exec(second)?.[1] ?? null) : null;
}

/** Python's name of a codec in the spelling of the WHATWG Encoding standard. */
function normalise(name: string): string {
  const dashed = name.toLowerCase().replaceAll("_", "-");
  if (/^utf-?8(?:-sig|-.*)?$/.test(dashed)) return "utf-8";
  if (/^(?:latin-?1|iso-?8859-1|l1|8859)(?:-.*)?$/.test(dashed) && !/^iso-?8859-1\d/.test(dashed))
    return "latin-1";
  if (/^(?:us-)?ascii$/.test(dashed)) return "ascii";
  const codePage = /^cp-?(125\d|866|874)$/.exec(dashed)?.[1];
  if (codePage !== undefined) return codePage === "866" ? "ibm866" : `windows-${codePage}`;
  if (dashed === "cp932") return "shift_jis";
  if (dashed === "cp936") return "gbk";
  if (dashed === "cp949") return "euc-kr";
  if (dashed === "shift-jis" || dashed === "sjis") return "shift_jis";
  return dashed.replace(/^iso8859-/, "iso-8859-");
}

function decodeWith(encoding: string, bytes: Uint8Array): Decoded {
  if (encoding === "latin-1") return { text: latin1(bytes), encoding };
  if (encoding === "ascii") {
    const bad = bytes.findIndex((byte) => byte > 127);
    return bad < 0 ? { text: latin1(bytes), encoding } : { problem: invalidBytes(bytes, bad, "ASCII") };
  }
  let decoder: Decoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    return { problem: `The file declares the encoding ${encoding}, which is not known here.` };
  }
  try {
    return { text: decoder.decode(bytes), encoding };
  } catch {
    return { problem: invalidBytes(bytes, firstInvalid(decoder, bytes), encoding.toUpperCase()) };
  }
}

/** The offset of the first line that does not decode; lines are cut at line feeds, safe in all these encodings. */
function firstInvalid(decoder: Decoder, bytes: Uint8Array): number {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return start;
    }
    start = end;
  }
  return bytes.length;
}

function invalidBytes(bytes: Uint8Array, at: number, encoding: string): string {
  let line = 1;
  for (let index = 0; index < at; index++) if (bytes[index] === 10) line++;
  return `Line ${line} is not valid ${encoding}: save the file as UTF-8 or declare its encoding (PEP 263).`;
}

/** Every byte as the code point of the same number, in pieces that `apply` can take. */
function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192));
  }
  return text;
}

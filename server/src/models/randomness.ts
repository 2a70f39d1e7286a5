/** Knowledge about values that must not be guessed, and about sources that can be. */

import { toSnakeCase } from "./credentials.ts";

/** What the last words of a name must be for its value to be worth guessing. */
const SECRET_NAME =
  /(?:^|_)(?:token|otp|passcode|password|passwd|secret|secret_key|api_?key|access_key|session_(?:id|key)|sessionid|nonce|(?:reset|verification|confirmation|activation|auth|authorization|invite|invitation|recovery|backup|sms|login|security|two_factor)_codes?|pin_code)$/;
/** Names with such an ending that hold something harmless. */
const OTHER_NAME =
  /(?:^|_)(?:next|random|sample|mask|pad|captcha|fake|test|dummy|example|mock|lock|page|cursor|cache)_/;

/** One look that lets most names pass. */
const POSSIBLE_NAME = /token|otp|pass|secret|key|session|nonce|code/i;

/** True for a name whose value opens something: whoever guesses it gets in. */
export function isWorthGuessing(name: string | undefined): name is string {
  if (name === undefined || !POSSIBLE_NAME.test(name)) return false;
  const snake = toSnakeCase(name);
  return SECRET_NAME.test(snake) && !OTHER_NAME.test(snake);
}

/** Packages in whose modules a token is a piece of text. */
export const TEXT_PACKAGES: readonly string[] = [
  "torch",
  "transformers",
  "tokenizers",
  "nltk",
  "spacy",
  "tiktoken",
  "tensorflow",
  "keras",
  "ply",
];

/** Calls whose result can be computed or guessed: functions and methods of `random`, and the clock. */
export const GUESSABLE: RegExp =
  /^(?:random\.(?:Random\.)?(?!seed\b)[a-z]\w*|uuid\.uuid1|time\.time(?:_ns)?)$/;

/** Calls that keep what they are given guessable: conversions, hashes, encodings. */
export const PASSES_ON: RegExp =
  /^(?:builtins\.(?:str|int|hex|bytes|repr|abs|list|tuple)|hashlib\.\w+|base64\.\w+|binascii\.\w+)$/;
export const PASSES_ON_METHODS: ReadonlySet<string> = new Set([
  "join",
  "encode",
  "decode",
  "hexdigest",
  "digest",
  "format",
  "zfill",
  "hex",
  "upper",
  "lower",
]);

/** Knowledge about credentials: names that hold one, texts that only look like one, keys that providers issue. */

/** What a name that holds a credential is for. */
export type CredentialKind = "password" | "signing-key" | "token";

const PASSWORD_NAME = /(?:^|_)(?:password|passwd|passphrase|passwort|pwd)\d*$/;
const SIGNING_KEY_NAME =
  /(?:^|_)(?:secret_key|signing_key|jwt_secret|jwt_key|jwt_secret_key|session_secret|cookie_secret|hmac_secret|hmac_key|encryption_key|fernet_key|app_secret|master_key)$|^secret$/;
const TOKEN_NAME =
  /(?:^|_)(?:secret|token|api_?key|access_key|secret_access_key|private_key|auth_key|client_secret|account_key|webhook_secret)$/;
/** Words that turn a credential's name into the name of something else. */
const NOT_A_CREDENTIAL =
  /(?:^|_)(?:no|is|has|use|enable|enabled|disable|allow|require|show|skip|validate|hashed|encrypted|masked|fake|dummy|example|test|mock|public|publishable|page|next|continuation|pagination|sync|cancel|unk|pad|bos|eos|sep|cls|mask|special|start|end|stop)_/;

/** One look that lets most names pass. */
const POSSIBLE_NAME = /pass|pwd|secret|token|key/i;

/**
 * The kind of credential that a name says it holds, or undefined. Spelling does not matter: `apiKey`,
 * `API_KEY`, `api-key`. The last words decide, since `password_field` and `token_url` hold something else.
 */
export function credentialKind(name: string): CredentialKind | undefined {
  if (!POSSIBLE_NAME.test(name) || !/^[\w.\s-]+$/.test(name)) return undefined;
  const snake = toSnakeCase(name);
  if (NOT_A_CREDENTIAL.test(snake)) return undefined;
  if (SIGNING_KEY_NAME.test(snake)) return "signing-key";
  if (PASSWORD_NAME.test(snake)) return "password";
  return TOKEN_NAME.test(snake) ? "token" : undefined;
}

/** `apiKey`, `APIKey`, `api-key` and `API_KEY` as `api_key`. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .replace(/[\s.-]+/g, "_")
    .toLowerCase();
}

const PLACEHOLDER =
  /change.?(?:me|this|it)|replace.?(?:me|this|with)|place.?holder|your[-_ ]|example|sample|dummy|insert|todo|fixme|redacted|secret.?here|key.?here|not.?(?:set|needed|required|used|a.?real)|no.?key|fake|mock|notset|unset|undefined|default|xxx|\*\*\*|\.\.\.|<.*>|\{.*\}|\$\(|\$[A-Za-z_]|%\(|%s|lorem|foobar|^test|test(?:ing)?$|^none$|^null$|^empty$/i;

/** True for a text that stands in a credential's place and tells the reader to put one there. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text) || /^(.)\1*$/.test(text) || isRun(text);
}

/** True for `abcdefgh` or `12345678`: characters counted up. */
function isRun(text: string): boolean {
  let steps = 0;
  for (let index = 1; index < text.length; index++) {
    if (text.charCodeAt(index) - text.charCodeAt(index - 1) === 1) steps++;
  }
  return text.length > 3 && steps >= text.length * 0.6;
}

/** Values that are words, paths, addresses, formats or hashes rather than a credential. */
const OTHER_SHAPES: readonly RegExp[] = [
  /\s/,
  /^[a-z][a-z0-9+.-]*:/i,
  /^[./~]|^[a-z0-9_.-]+(?:[/\\][a-z0-9_.-]+)+$/,
  /^[a-z]+(?:[_.-][a-z]+)*$/i,
  /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/,
  /^(?:\$2[aby]\$|\$argon2|pbkdf2_|scrypt[:$]|\$[156y]\$|sha\d*\$|bcrypt\$|!)/,
  /[<>{}[\]()|^]/,
  /^0x/i,
];

/** Shannon entropy of a text in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** True for a text that has the shape of a real credential of that kind. */
export function looksLikeCredential(text: string, kind: CredentialKind): boolean {
  if (isPlaceholder(text) || OTHER_SHAPES.some((shape) => shape.test(text))) return false;
  if (!/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  if (kind === "password") return text.length >= 8 && entropyOf(text) >= 2.7;
  return text.length >= 16 && entropyOf(text) >= 3.2 && digitsAreScattered(text);
}

/** True unless the digits only count something at the end of words (`my_token_12`, `version-2-key-1`). */
function digitsAreScattered(text: string): boolean {
  return !text.split(/[_.-]/).every((word) => /^(?:[A-Za-z]+\d{0,3}|\d{1,4})$/.test(word));
}

/** A key format of a provider: recognised by its prefix and length, so that the text itself is the proof. */
export interface KeyFormat {
  readonly provider: string;
  /** Global flag unset; group 1 is the random part. */
  readonly pattern: RegExp;
}

export const KEY_FORMATS: readonly KeyFormat[] = [
  { provider: "AWS access key", pattern: /(?<![A-Za-z0-9/+=_-])AKIA([A-Z2-7]{16})(?![A-Za-z0-9/+=_-])/ },
  { provider: "GitHub token", pattern: /(?<!\w)gh[pousr]_([A-Za-z0-9]{36})(?!\w)/ },
  { provider: "GitHub token", pattern: /(?<!\w)github_pat_([A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?!\w)/ },
  { provider: "GitLab token", pattern: /(?<!\w)glpat-([A-Za-z0-9_-]{20})(?![\w-])/ },
  { provider: "Slack token", pattern: /(?<!\w)xox[abpr]-(?:\d{10,13}-){1,3}([A-Za-z0-9]{24,32})(?!\w)/ },
  {
    provider: "Slack webhook",
    pattern: /hooks\.slack\.com\/services\/T[A-Z0-9]{8,12}\/B[A-Z0-9]{8,12}\/([A-Za-z0-9]{24})(?!\w)/,
  },
  { provider: "Stripe live key", pattern: /(?<!\w)[sr]k_live_([A-Za-z0-9]{24,99})(?!\w)/ },
  { provider: "OpenAI key", pattern: /(?<!\w)sk-(?:proj|svcacct|admin)-([A-Za-z0-9_-]{40,})(?![\w-])/ },
  { provider: "OpenAI key", pattern: /(?<!\w)sk-([A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})(?!\w)/ },
  { provider: "Anthropic key", pattern: /(?<!\w)sk-ant-[a-z]+\d{2}-([A-Za-z0-9_-]{80,})(?![\w-])/ },
  { provider: "SendGrid key", pattern: /(?<!\w)SG\.([A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})(?![\w-])/ },
  { provider: "npm token", pattern: /(?<!\w)npm_([A-Za-z0-9]{36})(?!\w)/ },
  { provider: "PyPI token", pattern: /(?<!\w)pypi-AgEIcHlwaS5vcmc([A-Za-z0-9_-]{50,})(?![\w-])/ },
  { provider: "Hugging Face token", pattern: /(?<!\w)hf_([A-Za-z]{34})(?!\w)/ },
  { provider: "Telegram bot token", pattern: /(?<!\w)\d{8,10}:AA([A-Za-z0-9_-]{33})(?![\w-])/ },
  { provider: "DigitalOcean token", pattern: /(?<!\w)do[opr]_v1_([0-9a-f]{64})(?!\w)/ },
  { provider: "Shopify token", pattern: /(?<!\w)shp(?:at|ca|pa|ss)_([0-9a-fA-F]{32})(?!\w)/ },
  { provider: "Databricks token", pattern: /(?<!\w)dapi([0-9a-f]{32})(?!\w)/ },
  { provider: "Azure storage key", pattern: /AccountKey=([A-Za-z0-9+/]{86}==)/ },
  {
    provider: "private key",
    pattern:
      /-----BEGIN (?:RSA |EC |DSA |OPENSSH )?PRIVATE KEY-----(?:\s|\\n)+([A-Za-z0-9+/=]{40,}(?:(?:\s|\\n)+[A-Za-z0-9+/=]+)+)/,
  },
];

/** Keys that documentation prints for everybody to use: they open nothing, or an emulator. */
const DOCUMENTED = /EXAMPLE|Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/i;

/** One look that lets most texts pass: characters without which no format can match. */
const POSSIBLE_KEY =
  /AKIA|gh[pousr]_|github_pat_|glpat-|xox[abpr]-|hooks\.slack|k_live_|sk-|SG\.|npm_|pypi-|hf_|:AA|_v1_|shp|dapi|AccountKey=|PRIVATE KEY-----/;

/** The provider whose key stands in a text, or undefined. Placeholders and documented keys do not count. */
export function providerKeyIn(text: string): KeyFormat | undefined {
  if (text.length < 20 || !POSSIBLE_KEY.test(text)) return undefined;
  return KEY_FORMATS.find(({ pattern }) => {
    const match = pattern.exec(text);
    return match !== null && isIssued(match[0], match[1] ?? "");
  });
}

function isIssued(key: string, random: string): boolean {
  if (DOCUMENTED.test(key) || entropyOf(random) < 3) return false;
  return !/(.)\1{5}|xxxx|1234567|abcdefg/i.test(random);
}

/** A hash of 64 bits, as two numbers of 32, for texts and for hashes of hashes. */

export interface Hash {
  readonly high: number;
  readonly low: number;
}

export const EMPTY_HASH: Hash = { high: 0x9e3779b9 | 0, low: 0x85ebca6b | 0 };

/** Mixes a number into a hash. The order of mixing matters. */
export function mix(hash: Hash, value: number): Hash {
  const low = Math.imul(hash.low ^ value, 0x01000193) ^ (hash.high >>> 13);
  const high = Math.imul(hash.high ^ (value + (low >>> 7)), 0x5bd1e995) ^ (low << 5);
  return { high, low };
}

export function mixHash(hash: Hash, other: Hash): Hash {
  return mix(mix(hash, other.high), other.low);
}

/** The hash of a text. The two halves are computed apart, so that neither waits for the other. */
export function hashText(text: string): Hash {
  const { length } = text;
  let high = EMPTY_HASH.high;
  let low = EMPTY_HASH.low ^ length;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high + code, 0x5bd1e995);
  }
  return { high: high ^ (high >>> 15), low: low ^ (low >>> 13) };
}

export function hashKey({ high, low }: Hash): string {
  return (high >>> 0).toString(36) + (low >>> 0).toString(36).padStart(7, "0");
}

/** A hash that does not depend on the order of the parts. */
export function mixUnordered(parts: readonly Hash[]): Hash {
  const sorted = [...parts].sort((a, b) => a.high - b.high || a.low - b.low);
  return sorted.reduce(mixHash, EMPTY_HASH);
}

/** Python's containers that can be changed: what makes one, and which methods change it. */

export const MUTABLE_FACTORIES: ReadonlySet<string> = new Set([
  "builtins.list",
  "builtins.dict",
  "builtins.set",
  "builtins.bytearray",
  "collections.defaultdict",
  "collections.OrderedDict",
  "collections.deque",
  "collections.Counter",
  "collections.ChainMap",
]);

/** Methods that change the object they are called on. */
export const MUTATORS =
  /^(?:append|extend|insert|remove|pop|popitem|clear|sort|reverse|add|discard|update|setdefault|appendleft|extendleft|popleft|rotate|subtract|difference_update|intersection_update|symmetric_difference_update|__setitem__|__delitem__)$/;

/** What `unittest.mock` offers to check calls with, and what people take for it. */

/** Methods of a mock that check something, when they are called. */
export const MOCK_CHECKS: ReadonlySet<string> = new Set([
  "assert_called",
  "assert_called_once",
  "assert_called_with",
  "assert_called_once_with",
  "assert_any_call",
  "assert_has_calls",
  "assert_not_called",
  "assert_awaited",
  "assert_awaited_once",
  "assert_awaited_with",
  "assert_awaited_once_with",
  "assert_any_await",
  "assert_has_awaits",
  "assert_not_awaited",
]);

/** Those that can be called without arguments. */
export const CALLABLE_WITHOUT_ARGUMENTS =
  /^assert_(?:called|called_once|not_called|awaited|awaited_once|not_awaited)$/;

/** What people write instead: a mock answers every unknown attribute with another mock, which is true. */
export const INVENTED_MOCK_ATTRIBUTES: ReadonlySet<string> = new Set([
  "called_once",
  "called_with",
  "called_once_with",
  "not_called",
  "any_call",
  "has_calls",
  "awaited_once",
  "awaited_with",
]);

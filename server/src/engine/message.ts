/** Messages with `{{placeholders}}`. */

const PLACEHOLDER = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

/** A finding's text, and the placeholders for which the rule gave no value. */
export interface FormattedMessage {
  readonly text: string;
  readonly missing: readonly string[];
}

/** Fills the placeholders of a message. A missing value shows as the placeholder's name. */
export function formatMessage(
  template: string,
  data: Readonly<Record<string, string>> = {},
): FormattedMessage {
  const missing: string[] = [];
  const text = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = data[name];
    if (value === undefined) missing.push(name);
    return value ?? name;
  });
  return { text, missing };
}

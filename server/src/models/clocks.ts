/** Functions of `datetime` that read a clock without a zone, and what is done with their results. */

/** Position of the `tz` argument, by constructor. */
export const LOCAL_CLOCKS: Readonly<Record<string, number>> = {
  "datetime.datetime.now": 0,
  "datetime.datetime.today": 9,
  "datetime.datetime.fromtimestamp": 1,
};
export const UTC_CLOCKS: ReadonlySet<string> = new Set([
  "datetime.datetime.utcnow",
  "datetime.datetime.utcfromtimestamp",
]);
export const CALENDAR_CLOCKS: ReadonlySet<string> = new Set([
  "datetime.date.today",
  "datetime.date.fromtimestamp",
]);

/** Parameters of ORM fields and dataclasses that take a function to call for each row. */
export const DEFAULT_PARAMETERS: ReadonlySet<string> = new Set([
  "default",
  "default_factory",
  "onupdate",
  "insert_default",
]);

/** Methods that give a naive datetime its zone, or a moment. */
export const ZONING_METHODS: ReadonlySet<string> = new Set(["replace", "astimezone", "timestamp"]);

/** Methods whose result is a text or a number for people, or a calendar day. */
export const SHOWING_METHODS: ReadonlySet<string> = new Set([
  "strftime",
  "date",
  "time",
  "year",
  "month",
  "day",
  "ctime",
  "weekday",
  "isocalendar",
]);

/** Functions that put their arguments into a text for people. */
export const REPORTING_FUNCTIONS =
  /^(?:format|print|warn|debug|info|warning|error|exception|critical|log|write|echo|strftime)$/;

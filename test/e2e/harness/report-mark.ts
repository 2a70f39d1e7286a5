/** Tells the report of a suite from what else the editor writes to its console. */

export const REPORT_MARK = "[suite] ";

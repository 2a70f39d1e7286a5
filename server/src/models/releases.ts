/** Until when releases are supported. The one place where dates of other projects stand. */

export interface Release {
  /** `3.11`, `5.2`. */
  readonly version: string;
  /** The last day with security fixes, `YYYY-MM-DD`. */
  readonly until: string;
}

/** Status of Python versions, https://devguide.python.org/versions/ (end of the month that is named there). */
export const PYTHON_RELEASES: readonly Release[] = [
  { version: "3.8", until: "2024-10-07" },
  { version: "3.9", until: "2025-10-31" },
  { version: "3.10", until: "2026-10-31" },
  { version: "3.11", until: "2027-10-31" },
  { version: "3.12", until: "2028-10-31" },
  { version: "3.13", until: "2029-10-31" },
  { version: "3.14", until: "2030-10-31" },
  { version: "3.15", until: "2031-10-31" },
];

/** Supported versions, https://www.djangoproject.com/download/#supported-versions (end of the month). */
export const DJANGO_RELEASES: readonly Release[] = [
  { version: "3.2", until: "2024-04-30" },
  { version: "4.0", until: "2023-04-30" },
  { version: "4.1", until: "2023-12-31" },
  { version: "4.2", until: "2026-04-30" },
  { version: "5.0", until: "2025-04-30" },
  { version: "5.1", until: "2025-12-31" },
  { version: "5.2", until: "2028-04-30" },
  { version: "6.0", until: "2027-04-30" },
  { version: "6.1", until: "2027-12-31" },
];

/** The releases that still get security fixes on a day, oldest first. */
export function supported(releases: readonly Release[], today: string): readonly Release[] {
  return releases.filter(({ until }) => until >= today);
}

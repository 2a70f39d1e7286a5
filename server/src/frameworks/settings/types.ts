/** Settings as plain data: what one module assigns, and what is in force in production. */

/** A value as far as it is known without running anything. */
export type SettingValue =
  | { readonly kind: "value"; readonly value: string | number | boolean | null }
  /** A list, tuple or set of texts; `open` where something of it is not known. */
  | { readonly kind: "list"; readonly items: readonly string[]; readonly open: boolean }
  /** Read from the environment: by its name there, with the value where it is not set. */
  | {
      readonly kind: "environment";
      readonly name: string | null;
      readonly fallback: string | number | boolean | null;
      readonly hasFallback: boolean;
    }
  | { readonly kind: "unknown" };

export interface SettingsClass {
  readonly bases: readonly string[];
  readonly values: Readonly<Record<string, SettingValue>>;
}

/** What one module says of settings. */
export interface SettingsPart {
  /** Module-level names in capitals; what stands under `if DEBUG` is left out. */
  readonly values: Readonly<Record<string, SettingValue>>;
  /** Modules whose names it takes over: `from .base import *`. */
  readonly stars: readonly string[];
  /** Configuration classes of Flask and of pydantic-settings, by qualified name. */
  readonly classes: Readonly<Record<string, SettingsClass>>;
  /** `app.config["X"] = …`, `app.config.update(X=…)`. */
  readonly flask: Readonly<Record<string, SettingValue>>;
  /** What `app.config.from_object` is given: qualified names or texts. */
  readonly objects: readonly string[];
  /** Modules that `DJANGO_SETTINGS_MODULE` is set to here. */
  readonly django: readonly string[];
}

export interface EffectiveSetting {
  readonly value: SettingValue;
  /** The file that has the last word. */
  readonly path: string;
}

export type EffectiveSettings = Readonly<Record<string, EffectiveSetting>>;

/** The settings of a Django project as production has them. */
export interface DjangoSettings {
  readonly path: string;
  readonly moduleName: string;
  /** True where the module is named after production, or WSGI and ASGI start with it. */
  readonly certain: boolean;
  /** False where a star import leads out of the project: names may come from there. */
  readonly closed: boolean;
  readonly values: EffectiveSettings;
}

export interface SettingsView {
  /** False while files are still being read. */
  readonly complete: boolean;
  readonly django: DjangoSettings | null;
  /** Of the Flask application: direct settings and its production class. */
  readonly flask: EffectiveSettings;
  /** Settings classes of pydantic, by qualified name, each with what it inherits. */
  readonly pydantic: Readonly<Record<string, EffectiveSettings>>;
}

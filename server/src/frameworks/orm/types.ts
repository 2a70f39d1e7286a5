/** The ORM view: models, their fields and relations, as one file contributes them and as the project sees them. */

export type Orm = "django" | "sqlalchemy";

/** How a relation is held: by a column here, by a unique column, by a table between, or by the other side. */
export type RelationForm = "foreign-key" | "one-to-one" | "many-to-many" | "generic" | "unknown";

/** When a relation that no query asked for is loaded. */
export type LazyMode =
  /** On access, by a query of its own. */
  | "lazy"
  /** Together with the rows. */
  | "eager"
  /** Each access is a query that nothing can load before (SQLAlchemy's `dynamic`, `write_only`). */
  | "always"
  /** Access raises, or gives nothing. */
  | "never";

export interface RelationPart {
  /** As it is written: a qualified class name, `app.Model`, `Model`, `self`; "" where it is not known. */
  readonly target: string;
  readonly form: RelationForm;
  /** True or false where the code says it, null where the foreign keys decide. */
  readonly many: boolean | null;
  readonly lazy: LazyMode;
  /** The name of the way back that this side declares or agrees on: `related_name`, `backref`, `back_populates`. */
  readonly back: string | null;
  /** True where the way back is declared on this side alone (Django, `backref`). */
  readonly makesBack: boolean;
  /** How the way back is loaded. */
  readonly backLazy: LazyMode;
}

export interface FieldPart {
  readonly name: string;
  /** The type's own name: `CharField`, `Integer`, `float`; "" where it is not known. */
  readonly type: string;
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly indexed: boolean;
  readonly primaryKey: boolean;
  /** True where the database has a column for it. */
  readonly column: boolean;
  /** The table or `table.column` that a foreign key of SQLAlchemy names. */
  readonly references: string | null;
  readonly relation: RelationPart | null;
}

/** A class that is a model, a mixin or a base of models, or may turn out to be one. */
export interface ModelPart {
  /** Qualified name. */
  readonly name: string;
  /** Null for a class without fields: its bases decide. */
  readonly orm: Orm | null;
  readonly abstract: boolean;
  readonly table: string | null;
  readonly appLabel: string;
  /** Qualified names of the bases, as written where they are unknown. */
  readonly bases: readonly string[];
  readonly fields: readonly FieldPart[];
  /** Django's managers: attribute name to the qualified name of its class, null where that is not known. */
  readonly managers: Readonly<Record<string, string | null>>;
  /** Sets of fields that are unique together, and that an index covers, in its order. */
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  /** Django's `Meta.ordering`, null where it is not given. */
  readonly ordering: readonly string[] | null;
}

/** A table that is declared without a class. */
export interface TablePart {
  readonly name: string;
  readonly table: string;
  readonly fields: readonly FieldPart[];
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
}

/** What one file says of models. */
export interface OrmPart {
  readonly models: readonly ModelPart[];
  readonly tables: readonly TablePart[];
}

/** A relation, its target found in the project. */
export interface Relation {
  /** Qualified name of the model at the other end, null where it is not of this project. */
  readonly target: string | null;
  readonly form: RelationForm;
  readonly many: boolean;
  readonly lazy: LazyMode;
  /** The name of the way back on the target. */
  readonly back: string | null;
  /** True for the side that another model's field made: Django's `order_set`, SQLAlchemy's `backref`. */
  readonly reverse: boolean;
}

export interface OrmField extends Omit<FieldPart, "relation"> {
  readonly relation: Relation | null;
}

/** A model of the project with all that it inherits. */
export interface OrmModel {
  readonly name: string;
  /** The class's own name, for messages. */
  readonly label: string;
  readonly orm: Orm;
  readonly abstract: boolean;
  readonly table: string | null;
  readonly appLabel: string;
  readonly fields: ReadonlyMap<string, OrmField>;
  readonly managers: ReadonlyMap<string, string | null>;
  readonly uniques: readonly (readonly string[])[];
  readonly indexes: readonly (readonly string[])[];
  readonly ordering: readonly string[] | null;
  /** Qualified names of the bases, nearest first, as far as they are known. */
  readonly lineage: readonly string[];
  /** False where a base is unknown: it may have fields that are not listed. */
  readonly closed: boolean;
  readonly path: string;
}

/** All models of a project. */
export interface OrmSchema {
  /** False while the project is still being read: nothing can be said to be absent. */
  readonly complete: boolean;
  readonly models: readonly OrmModel[];
  readonly tables: readonly TablePart[];
  /** The model that a qualified name stands for, re-exports followed; undefined for other names. */
  modelNamed(name: string): OrmModel | undefined;
  /** Django's `app.Model` or `Model`. */
  modelLabelled(label: string): OrmModel | undefined;
}

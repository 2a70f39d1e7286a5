/** Local stack starts with one command. */

import { defineCheck, found, foundAt, lacks, missing, notApplicable, weigh } from "../engine/check.ts";
import { atFile, SERVICES, sqlPlace } from "./_common.ts";

const STORES =
  /postgres|mysql|mariadb|mongo|redis|valkey|rabbitmq|memcached|elasticsearch|opensearch|kafka|minio|clickhouse/i;

export default defineCheck({
  id: "compose-for-local",
  title: "Local stack starts with one command",
  why: "no setup day",
  section: "deployment",
  level: "differentiator",
  roles: SERVICES,
  guide: "deployment#compose",
  actions: [{ kind: "snippet", prefix: "compose-web" }],
  judge(stack) {
    const { services } = stack;
    const container = atFile(
      stack.files.find(/(?:^|\/)\.devcontainer\/(?:.*\/)?devcontainer\.json$/)[0] ??
        stack.files.top(/^\.devcontainer\.json$/)[0],
    );
    const needs =
      sqlPlace(stack) ??
      stack.runtime("redis", "celery", "pymongo", "elasticsearch", "pika", "confluent-kafka");
    if (services.length === 0) {
      if (container !== undefined)
        return weigh([found("A development container sets everything up", container)]);
      return needs === undefined
        ? notApplicable("Nothing beside Python is needed.")
        : missing("Nothing starts the services that it needs.");
    }
    const app =
      services.find(({ builds }) => builds) ?? services.find(({ image }) => !STORES.test(image ?? ""));
    const stores = services.filter(({ image, name }) => STORES.test(`${image ?? ""} ${name}`));
    const healthy =
      stores.find(({ healthcheck }) => healthcheck !== null) ??
      services.find(({ healthcheck }) => healthcheck !== null);
    return weigh([
      foundAt(app, "The application is a service", "The application is no service"),
      ...(needs === undefined
        ? []
        : [foundAt(stores[0], `${stores.length} stores start with it`, "No store starts with it")]),
      healthy === undefined
        ? lacks("No service has a health check", services[0])
        : found("Services have health checks", healthy),
    ]);
  },
});

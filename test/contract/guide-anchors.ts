/** The headings that rules, items, snippets and bookmarks link to: page by page, in order. A name is never changed or removed. */

export const ANCHORS: Readonly<Record<string, string>> = {
  "core-python": `
    language-building-blocks object-oriented-design data-structures dataclasses mutable-defaults exceptions
    file-handling logging-basics type-hints virtual-environments dependency-management lock-files
    package-organization standard-library dates-and-time-zones configuration-and-arguments
    script-to-production supported-python-versions free-threading
  `,
  frameworks: `
    choosing-a-framework one-framework-deeply what-a-framework-gives project-structure wsgi-and-asgi
    api-layers-for-django switching-frameworks
  `,
  django: `
    when-django-fits operations-portal project-layout settings-per-environment deployment-settings
    custom-user-model models-and-orm queries-and-fetching django-migrations forms-and-validation
    templates-and-escaping admin-site users-groups-permissions row-level-access rest-framework
    async-in-django transactions-and-on-commit django-tasks django-testing management-commands
  `,
  flask: `
    when-flask-fits application-factory blueprints flask-configuration debug-and-development-server
    request-validation database-integration sessions-and-login csrf-and-forms templates-and-responses
    flask-errors webhook-service growing-a-flask-app flask-testing
  `,
  fastapi: `
    when-fastapi-fits subscription-api request-models response-models dependencies lifespan async-endpoints
    routers-and-structure error-responses fastapi-security openapi-documentation background-work
    uploads-and-streaming running-fastapi fastapi-testing
  `,
  apis: `
    rest-resources http-methods status-codes json-contracts contract-questions input-validation error-format
    request-lifecycle api-authentication api-authorization pagination rate-limits openapi versioning graphql
    webhooks cross-origin
  `,
  integrations: `
    http-clients timeouts retries-and-backoff status-handling idempotency webhook-receivers deduplication
    failure-modes circuit-breakers provider-map sandbox-and-fakes outbound-safety
  `,
  databases: `
    choosing-a-store tables-and-relationships keys-and-constraints indexes joins transactions
    schema-migrations query-performance n-plus-one connection-pooling orms sqlalchemy-style
    parameterized-sql postgresql mysql sqlite mongodb redis search-engines object-storage
    backups-and-restore
  `,
  testing: `
    why-test unit-tests integration-tests api-tests authorization-tests regression-tests end-to-end-tests
    pytest-basics unittest-and-pytest fixtures parametrize test-doubles test-configuration coverage
    contract-tests design-for-testability flaky-tests
  `,
  debugging: `
    reading-tracebacks debugger inspect-variables logging-for-debugging reproduce-locally locate-the-cause
    bisecting leftover-debug-code async-debugging
  `,
  workflow: `
    git-basics branches commits pull-requests code-review issue-tracking ci-checks documentation readme
    release-notes team-conventions code-quality-tools formatting linting type-checking pre-commit-hooks
    suppressions feature-workflow communicating-trade-offs
  `,
  deployment: `
    linux-basics environment-variables environment-settings docker dockerfile dockerignore compose ci-cd
    github-actions gitlab-ci cloud-platforms networking-and-permissions app-servers graceful-shutdown
    logging structured-logging monitoring error-tracking tracing alerting health-checks release-migrations
    rollbacks infrastructure-configuration production-minded-service
  `,
  performance: `
    measure-first profiling caching cache-invalidation query-optimization large-result-sets memory
    loops-and-serialization cpu-heavy-work connection-reuse load-testing
  `,
  async: `
    when-async-helps async-or-worker blocking-calls task-groups timeouts-and-cancellation concurrency-limits
    async-clients async-database bridging-sync-and-async processes-and-free-threading
  `,
  "background-jobs": `
    when-to-queue choosing-a-job-tool brokers celery-tasks rq-jobs idempotent-tasks task-arguments
    task-retries enqueue-after-commit scheduled-jobs large-csv-upload job-status watching-workers
  `,
  security: `
    thinking-in-threats authentication authorization object-level-authorization password-hashing
    input-validation output-encoding sql-injection command-injection cross-site-scripting request-forgery
    sessions-and-cookies json-web-tokens path-traversal unsafe-deserialization server-side-request-forgery
    file-uploads security-headers transport-security sensitive-data-exposure randomness-and-crypto
    security-logging dependency-scanning least-privilege api-security-top-ten web-security-top-ten
    security-review
  `,
  secrets: `
    never-hardcode environment-and-dotenv typed-settings secret-managers rotation secret-scanning
    secrets-in-ci secrets-in-images secrets-in-logs after-a-leak
  `,
  data: `
    pandas numpy csv-and-json spreadsheet-files sql-for-analysis notebooks etl-and-elt data-pipelines
    sales-pipeline batch-and-streaming airflow prefect choosing-an-orchestrator transformations-in-sql
    extracting-from-apis data-validation warehouses scheduling-runs watching-pipelines data-terms
  `,
  automation: `
    small-scripts command-line-tools dry-runs files-and-reports spreadsheets external-commands web-scraping
    browser-automation automating-apis schedulers repeatable-runs notifications
  `,
  ai: `
    not-every-role-is-ml model-serving loading-models-safely calling-hosted-models validating-model-output
    feature-stores evaluation-and-drift working-with-ai-assistants
  `,
  "stacks-by-role": `
    what-a-python-developer-does related-titles why-a-stack-matters backend-stack automation-stack
    data-stack full-stack frontend-layer role-inference
  `,
  "evaluating-skills": `
    capability-over-tools must-have-skills strong-differentiators senior-signals system-design mentoring
    code-review-leadership incident-response performance-troubleshooting cross-team-communication
    long-term-maintainability practical-questions portfolio-evidence
  `,
  "common-mistakes": `
    too-many-frameworks skipping-databases ignoring-tests tutorial-projects-only avoiding-deployment
    ai-instead-of-fundamentals optimizing-too-early
  `,
  "learning-path": `
    how-steps-complete step-1-fundamentals step-2-small-scripts step-3-git step-4-testing step-5-rest-api
    step-6-database step-7-auth step-8-code-quality step-9-containers step-10-deploy
    step-11-production-features step-12-trade-offs
  `,
  "trade-offs": `
    how-to-compare decision-records django-or-fastapi redis-and-invalidation microservices
    relational-or-document sync-or-async queue-or-orchestrator orm-or-sql rest-or-graphql build-or-buy
    complexity-budget
  `,
  faq: `
    is-python-enough which-framework-first cloud-skills only-for-data-science developer-or-data-engineer
    what-is-production-ready does-the-coach-run-my-code why-cannot-tell silencing-advice final-takeaway
  `,
};

/**
 * What the guide promises to teach, and where: each line names a section and the words that have to occur in it.
 * The words are the technologies, practices, risks and mistakes of a Python developer's stack.
 */

export const TOPICS = `
core-python#language-building-blocks: function, module, class
core-python#object-oriented-design: inheritance, Protocol
core-python#data-structures: list, dict, set, tuple
core-python#dataclasses: dataclass
core-python#exceptions: exception, raise
core-python#file-handling: file, encoding
core-python#logging-basics: logger, level
core-python#type-hints: type, discount
core-python#virtual-environments: venv
core-python#dependency-management: pip, pyproject.toml, Poetry, pip-tools, uv
core-python#lock-files: lock
core-python#package-organization: package
core-python#standard-library: standard library, pathlib, csv
core-python#script-to-production: CSV, missing values, log, test, configure, typed output
frameworks#choosing-a-framework: Django, Flask, FastAPI, best for, main strength
frameworks#one-framework-deeply: deep
django#when-django-fits: accounts, admin, content, permissions
django#operations-portal: log in, customer, approve, report
django#users-groups-permissions: permission, group
django#admin-site: admin
django#models-and-orm: model
django#templates-and-escaping: template, escape
django#project-layout: app
django#forms-and-validation: form
flask#when-flask-fits: small, prototype
flask#blueprints: blueprint
flask#application-factory: factory
flask#growing-a-flask-app: authentication, validation, security, layout
flask#webhook-service: webhook, payment
fastapi#when-fastapi-fits: microservice, async, OpenAPI
fastapi#async-endpoints: async
fastapi#openapi-documentation: OpenAPI
fastapi#subscription-api: users, subscriptions, usage, reports
fastapi#response-models: response
fastapi#routers-and-structure: router
apis#contract-questions: required, invalid, log
apis#rest-resources: URL, noun
apis#graphql: GraphQL, resolver
apis#json-contracts: JSON
apis#http-methods: GET, POST, PUT, PATCH, DELETE
apis#status-codes: 200, 401, 403, 404
apis#api-authentication: token, session
apis#api-authorization: role
apis#webhooks: webhook
apis#pagination: page
apis#rate-limits: 429
apis#openapi: OpenAPI
apis#request-lifecycle: permission, query, JSON
apis#error-format: error
integrations#failure-modes: timeout
integrations#timeouts: timeout
integrations#retries-and-backoff: retry
integrations#idempotency: idempotency
integrations#deduplication: twice, order
integrations#http-clients: requests, httpx
integrations#provider-map: payments, e-mail, analytics, maps, identity, messaging, search, CRM
databases#choosing-a-store: PostgreSQL, MySQL, SQLite, MongoDB, Redis, Elasticsearch, OpenSearch
databases#postgresql: COPY
databases#mysql: utf8mb4
databases#sqlite: SQLite
databases#mongodb: document
databases#redis: cache, counter, session, queue
databases#search-engines: index
databases#object-storage: bucket
databases#tables-and-relationships: table, row, column
databases#keys-and-constraints: primary key, foreign key
databases#indexes: index
databases#joins: JOIN
databases#transactions: transaction
databases#schema-migrations: migration
databases#query-performance: EXPLAIN
databases#connection-pooling: pool
databases#orms: ORM, SQLAlchemy, Django
databases#n-plus-one: query, one more for each
testing#why-test: test
testing#unit-tests: unit
testing#integration-tests: database
testing#api-tests: status
testing#regression-tests: bug
testing#end-to-end-tests: Playwright
testing#unittest-and-pytest: unittest, pytest
testing#authorization-tests: another customer
testing#coverage: coverage
workflow#formatting: format, Ruff
workflow#linting: lint
workflow#type-checking: mypy
workflow#code-quality-tools: Black, Ruff, Flake8, mypy, Pyright, pre-commit, coverage.py
workflow#pre-commit-hooks: hook
workflow#code-review: review
debugging#reading-tracebacks: traceback
debugging#logging-for-debugging: log
debugging#inspect-variables: variable
debugging#reproduce-locally: reproduce
debugging#locate-the-cause: code, data, configuration, infrastructure, external
workflow#git-basics: history
workflow#branches: branch
workflow#pull-requests: pull request
workflow#commits: commit
workflow#issue-tracking: issue
workflow#ci-checks: CI
workflow#documentation: documentation
workflow#release-notes: version
workflow#team-conventions: CONTRIBUTING
workflow#feature-workflow: branch, review, merge, deploy
workflow#communicating-trade-offs: admin, speed, async, team, hiring, maintenance
deployment#linux-basics: Linux
deployment#environment-variables: environment variable
deployment#environment-settings: production, staging
deployment#docker: image, container, machine
deployment#dockerfile: Dockerfile
deployment#ci-cd: pipeline
deployment#cloud-platforms: AWS, Google Cloud, Azure, queue, object storage, function
deployment#networking-and-permissions: network, role
deployment#logging: log
deployment#structured-logging: JSON
deployment#monitoring: latency, errors
deployment#health-checks: liveness, readiness
deployment#rollbacks: roll back
deployment#infrastructure-configuration: Terraform
deployment#release-migrations: migration
deployment#production-minded-service: Dockerfile, pyproject.toml, migrations, CI, health, deployed, configured, observed, recovered
secrets#secret-managers: AWS, Google Cloud, Azure
secrets#never-hardcode: API key
performance#measure-first: queries, network, serialization, loops, files
performance#profiling: profiler
performance#caching: cache
performance#cache-invalidation: stale
performance#query-optimization: query
performance#large-result-sets: page
performance#memory: memory
performance#load-testing: load
async#when-async-helps: network
async#async-or-worker: process, worker
background-jobs#when-to-queue: mail
background-jobs#celery-tasks: Celery
background-jobs#brokers: Redis, RabbitMQ
background-jobs#rq-jobs: RQ
background-jobs#choosing-a-job-tool: Celery, RQ, Airflow, Prefect
background-jobs#large-csv-upload: CSV, 202, notification
security#thinking-in-threats: untrusted
security#authentication: login
security#authorization: deny
security#object-level-authorization: order 123
security#password-hashing: Argon2
security#input-validation: range
security#output-encoding: HTML
security#sql-injection: parameter
security#cross-site-scripting: script
security#request-forgery: CSRF
security#sessions-and-cookies: Secure, HttpOnly, SameSite
security#dependency-scanning: pip-audit
security#least-privilege: role
security#api-security-top-ten: API1, API2
security#sensitive-data-exposure: field
security#security-logging: log
data#pandas: pandas
data#numpy: NumPy
data#sql-for-analysis: SQL
data#csv-and-json: CSV, JSON
data#notebooks: notebook
data#airflow: Airflow
data#prefect: Prefect
data#transformations-in-sql: dbt
data#extracting-from-apis: API
data#data-validation: pandera
data#scheduling-runs: cron
data#sales-pipeline: sales, PostgreSQL, summary
data#etl-and-elt: ETL, ELT
data#data-pipelines: rerun
data#batch-and-streaming: batch, stream
data#data-terms: ETL, ELT, pipeline, feature store, serving, batch, stream
data#warehouses: Snowflake
data#watching-pipelines: alert
ai#model-serving: model, API
ai#feature-stores: feature store
ai#not-every-role-is-ml: training
ai#working-with-ai-assistants: correct, safe
automation#small-scripts: rename, CSV, API, report
automation#browser-automation: Beautiful Soup, Selenium, Playwright
automation#automating-apis: webhook
automation#spreadsheets: Excel
automation#schedulers: cron, Airflow, Prefect
automation#repeatable-runs: docker
automation#files-and-reports: report
stacks-by-role#what-a-python-developer-does: back end, automating, reports, jobs, models
stacks-by-role#related-titles: Backend developer, Software engineer, Automation engineer, Data engineer, Full-stack, Bureau of Labor Statistics
stacks-by-role#why-a-stack-matters: speed, upkeep, reliability, integration, range
stacks-by-role#backend-stack: FastAPI, Django, PostgreSQL, Redis, SQLAlchemy, pytest, Docker, GitHub Actions, AWS, Google Cloud, OpenAPI, monitoring
stacks-by-role#automation-stack: Requests, HTTPX, pandas, Beautiful Soup, Selenium, Playwright, webhooks, CSV, Excel, JSON, cron, Airflow, Prefect, Git, Docker
stacks-by-role#data-stack: SQL, pandas, PostgreSQL, Snowflake, Airflow, Prefect, object storage, validation, API, Docker, Git, alerts
stacks-by-role#full-stack: Django, Flask, PostgreSQL, HTML, CSS, JavaScript, TypeScript, React, Vue, pytest, Docker, Git, CI
stacks-by-role#frontend-layer: HTML, CSS, TypeScript, React, Vue
evaluating-skills#must-have-skills: fundamentals, Git, Testing, APIs, Databases, Debugging, Dependency, security, organisation
evaluating-skills#strong-differentiators: Docker, Cloud, CI/CD, Async, Caching, jobs, profiling, Security review, pipelines, System design
evaluating-skills#senior-signals: Architecture, Trade-off, Mentoring, review, Incident, Performance, Security, maintainability, communication
evaluating-skills#practical-questions: tested, deployed, real data, recover, understand, protect, grow
common-mistakes#too-many-frameworks: framework
common-mistakes#skipping-databases: SQL
common-mistakes#ignoring-tests: test
common-mistakes#tutorial-projects-only: validation, login, errors, logs, background, deployment, documentation
common-mistakes#avoiding-deployment: configuration, secrets, networking, logging
common-mistakes#ai-instead-of-fundamentals: assistant
learning-path#step-1-fundamentals: syntax, data structures, functions, classes, modules, errors, standard library
learning-path#step-2-small-scripts: rename, CSV, API, report
learning-path#step-3-git: commit, branch, pull request, review
learning-path#step-4-testing: pytest
learning-path#step-5-rest-api: endpoint
learning-path#step-6-database: migration, relation, index, queries
learning-path#step-7-auth: login
learning-path#step-8-code-quality: format, lint, type
learning-path#step-9-containers: Docker
learning-path#step-10-deploy: environment, logs, database, rollback
learning-path#step-11-production-features: log, monitoring, job, error, documentation
learning-path#step-12-trade-offs: which problem
trade-offs#django-or-fastapi: admin, speed, async, team, hiring, documentation, upkeep
trade-offs#redis-and-invalidation: cache
trade-offs#microservices: team
trade-offs#complexity-budget: problem, why
faq#is-python-enough: layer
faq#which-framework-first: Django, Flask, FastAPI
faq#cloud-skills: container, logs
faq#only-for-data-science: automation, pipelines
faq#developer-or-data-engineer: orchestration
faq#what-is-production-ready: tests, configuration, dependencies, migrations, logs, monitoring, deployment, errors, documents
faq#final-takeaway: useful, secure, maintainable, reliable
`;

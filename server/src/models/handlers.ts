/** Exceptions, functions and calls by which a silent handler is told to be right or wrong. */

/** Failures of another system: narrow as they are, nobody hears of an outage when they are dropped. */
export const OUTAGES = new Set([
  "requests.RequestException",
  "requests.exceptions.RequestException",
  "requests.exceptions.HTTPError",
  "requests.exceptions.ConnectionError",
  "requests.exceptions.Timeout",
  "requests.HTTPError",
  "requests.ConnectionError",
  "requests.Timeout",
  "httpx.HTTPError",
  "httpx.RequestError",
  "httpx.HTTPStatusError",
  "aiohttp.ClientError",
  "urllib.error.URLError",
  "urllib.error.HTTPError",
  "smtplib.SMTPException",
  "botocore.exceptions.ClientError",
  "botocore.exceptions.BotoCoreError",
  "redis.exceptions.RedisError",
  "redis.RedisError",
  "sqlalchemy.exc.SQLAlchemyError",
  "sqlalchemy.exc.DBAPIError",
  "sqlalchemy.exc.OperationalError",
  "django.db.Error",
  "django.db.DatabaseError",
  "django.db.OperationalError",
  "sqlite3.Error",
  "psycopg.Error",
  "psycopg2.Error",
  "pymongo.errors.PyMongoError",
  "subprocess.CalledProcessError",
  "subprocess.SubprocessError",
  "stripe.error.StripeError",
  "stripe.StripeError",
]);

/** Functions in which a failure has nowhere to go, or must not hide what is already being handled. */
export const LAST_RESORTS =
  /^(?:__del__|\w*finali[sz]e\w*|\w*repr\w*|__a?exit__|__repr__|__str__|_?a?close\w*|\w*shutdown\w*|\w*clean_?up\w*|tear_?down\w*|tearDown\w*|disconnect\w*|_?stop\w*|_?terminate\w*|_?kill\w*|release|\w*dispose\w*|atexit\w*|_?try_\w+|\w*_(?:or_none|or_default|safe|safely|silently|quietly)|_?(?:safe|silent|quiet|suppress|ignore)_\w+)$/;

/** Calls that let go of something; that the thing is gone already is no news. */
export const LETTING_GO =
  /^(?:a?close\w*|shutdown|disconnect|unlink|remove|rmtree|rmdir|kill|killpg|terminate|cancel|release|join|quit|stop\w*|unregister|detach|deregister|dispose|cleanup|unsubscribe|wait_closed|rollback|flush|logout|delete)$/;

/** Calls after which the error is as unknown as before. */
export const QUIET_CALLS = new Set(["rollback", "close", "sleep", "clear", "release", "pop", "discard"]);

/** Conversions and look-ups: whatever is wrong, it is the value. */
export const LOOKS_UP =
  /^(?:int|float|str|len|hash|iter|next|min|max|list|tuple|dict|type|getattr|hasattr|isinstance|issubclass|literal_eval|loads|strptime|fromisoformat|fileno|get|keys|items|Decimal|UUID|split|join|decode|encode|index)$/;

/**
 * What an application tells about its inside when it fails: stack traces, messages of databases, paths of its files. Attackers
 * read them like a map (OWASP API8:2023). Shapes that also stand in ordinary texts count in failed answers alone.
 */
type ErrorShape = { readonly kind: string; readonly pattern: RegExp; readonly whenFailed: boolean };

const SHAPES: readonly ErrorShape[] = [
  {
    kind: 'stack trace (JavaScript)',
    pattern: /\bat .{1,200}?\(?(?:file:\/\/|node:|\/|[A-Za-z]:\\|webpack)[^\s()"]{1,300}:\d+:\d+\)?/,
    whenFailed: true,
  },
  { kind: 'stack trace (Python)', pattern: /Traceback \(most recent call last\)/, whenFailed: false },
  {
    kind: 'stack trace (Java)',
    pattern: /\bat (?:[A-Za-z][\w$]*\.){1,12}[\w$<>]+\([\w$]+\.(?:java|kt|scala):\d+\)/,
    whenFailed: false,
  },
  {
    kind: 'stack trace (.NET)',
    pattern: /\bat [\w.<>`]+\([^)]{0,200}\) in [^\r\n]{1,260}:line \d+/,
    whenFailed: false,
  },
  { kind: 'stack trace (PHP)', pattern: /Stack trace:(?:\\n|\s)*#0 /, whenFailed: false },
  {
    kind: 'error message (PHP)',
    pattern:
      /(?:<b>)?(?:Fatal error|Parse error|Warning|Notice|Deprecated)(?:<\/b>)?: .{1,400}? in (?:<b>)?(?:\/|[A-Za-z]:\\)[^\s<]{1,260}\.php/,
    whenFailed: false,
  },
  { kind: 'stack trace (Ruby)', pattern: /[\w/.-]+\.rb:\d+:in [`'][^`']{1,100}'/, whenFailed: true },
  { kind: 'stack trace (Go)', pattern: /goroutine \d+ \[running\]:/, whenFailed: false },
  {
    kind: 'database error (MySQL)',
    pattern: /You have an error in your SQL syntax|ER_(?:PARSE_ERROR|BAD_FIELD_ERROR|NO_SUCH_TABLE)/,
    whenFailed: false,
  },
  {
    kind: 'database error',
    pattern: /SQLSTATE\[|SQLITE_(?:ERROR|CONSTRAINT|MISUSE)|sqlite3\.OperationalError/,
    whenFailed: false,
  },
  {
    kind: 'database error (PostgreSQL)',
    pattern: /syntax error at or near \\?"|PG::[A-Z]\w+Error|psycopg2?\.errors/,
    whenFailed: true,
  },
  {
    kind: 'database error (SQL Server)',
    pattern: /Unclosed quotation mark after the character string|Incorrect syntax near '/,
    whenFailed: true,
  },
  {
    kind: 'database error (PostgreSQL)',
    pattern:
      /unterminated quoted string at or near|relation \\?"[^"\\]{1,80}\\?" does not exist|org\.postgresql\.util\.PSQLException/,
    whenFailed: true,
  },
  {
    kind: 'database error (SQL Server)',
    pattern:
      /\[Microsoft\]\[ODBC |System\.Data\.SqlClient\.SqlException|Conversion failed when converting the \w+ value/,
    whenFailed: true,
  },
  {
    kind: 'database error (SQLite)',
    pattern: /near \\?"[^"\\]{1,80}\\?": syntax error|unrecognized token: \\?"/,
    whenFailed: true,
  },
  {
    kind: 'database error (MySQL)',
    pattern: /Unknown column '[^']{1,80}' in '|mysqli?_(?:fetch|num|query)\w*\(\)|com\.mysql\.(?:cj\.)?jdbc/,
    whenFailed: true,
  },
  {
    kind: 'database error',
    pattern:
      /java\.sql\.SQL\w*Exception|org\.hibernate\.\w*\.?\w*Exception|SequelizeDatabaseError|PrismaClientKnownRequestError|QueryFailedError|DB2 SQL error/,
    whenFailed: true,
  },
  { kind: 'database error (Oracle)', pattern: /\bORA-\d{5}: /, whenFailed: true },
  {
    kind: 'database error (MongoDB)',
    pattern: /Mongo(?:Server|Network|Bulk)?Error: |E11000 duplicate key error collection/,
    whenFailed: true,
  },
];

const QUICK =
  /\bat [\w./(<$\\]|Traceback|Stack trace|\.php|\.rb:|goroutine|SQL|sqlite|syntax error|Unclosed quotation|Incorrect syntax|PG::|psycopg|ORA-|Mongo|E11000|ER_|unterminated quoted|does not exist|ODBC|Conversion failed|unrecognized token|Unknown column|mysql|hibernate|SequelizeD|Prisma|QueryFailed/;

/** What a text tells about the inside of the application: a word for it, or null. `failed`: the answer's status was 400 or above. */
export function findErrorDetails(text: string, failed: boolean): string | null {
  if (!QUICK.test(text)) return null;
  for (const { kind, pattern, whenFailed } of SHAPES) {
    if ((failed || !whenFailed) && pattern.test(text)) return kind;
  }
  return null;
}

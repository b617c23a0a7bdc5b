import type { ScriptFinding } from './script.ts';

/**
 * Databases that are asked over lines of text or over HTTP: a value with a line break adds a command (Novikov, "The New Page of
 * Injections Book: Memcached Injections", Black Hat USA 2014), a value in a path asks for another document.
 */
const RULES: readonly (readonly [string, number, RegExp])[] = [
  ['redis-protocol', 95, /\*\d{1,4}\r?\n\$\d{1,6}\r?\n[a-z]/],
  [
    'redis-command',
    95,
    /\n\s{0,8}(?:flushall|flushdb|slaveof\s{1,4}\S{1,64}\s{1,4}(?:\d|one)|replicaof\s{1,4}\S{1,64}\s{1,4}(?:\d|one)|config\s{1,4}(?:set|get|rewrite)\b|eval\s{1,4}["']|module\s{1,4}load\s|script\s{1,4}load\s|debug\s{1,4}sleep|client\s{1,4}kill|acl\s{1,4}setuser|bgsave|bgrewriteaof|monitor\r?\n)/,
  ],
  [
    'redis-command',
    75,
    /\r\n\s{0,8}(?:set|setex|setnx|getset|lpush|rpush|hset|sadd|publish|append)\s{1,4}[\w:{}."'-]{1,128}\s{1,4}["']?[^\s]{1,256}["']?\s{0,4}(?:\r\n|$)/,
  ],
  [
    'redis-command',
    75,
    /\r\n\s{0,8}(?:get|del|keys|type|dump|ttl|hgetall|smembers)\s{1,4}[\w:{}.*"'?-]{1,128}\s{0,4}(?:\r\n|$)/,
  ],
  [
    'memcached-command',
    95,
    /\n\s{0,4}(?:set|add|replace|append|prepend|cas)\s[^\s]{1,250}\s\d{1,10}\s-?\d{1,10}\s\d{1,10}(?:\s\d{1,20})?(?:\snoreply)?\s{0,4}(?:\r?\n|$)/,
  ],
  [
    'memcached-command',
    95,
    /\n\s{0,4}(?:flush_all|stats\s(?:items|slabs|cachedump|sizes)|verbosity\s\d|lru_crawler\s)/,
  ],
  ['couch-document', 75, /(?:^|\/|\.\.)_(?:all_docs|all_dbs|users\/_all_docs|config\/admins|local_docs|changes\?feed)/],
  [
    'search-script',
    95,
    /java\.lang\.(?:math|runtime|system|process|class|reflect)\b[^\n]{0,64}(?:forname\s{0,4}\(\s{0,4}["'\\]|getruntime\s{0,4}\(|exec\s{0,4}\((?!\w{1,64}\.(?:java|kt|scala):\d))/,
  ],
  [
    'search-script',
    75,
    /(?:getclass\(\)|\.class)\s{0,4}\.\s{0,4}(?:forname|getclassloader|classloader|getmethod)\s{0,4}\(\s{0,4}["')\\]/,
  ],
  ['search-script', 75, /['"]\s{0,4}\.execute\(\)\.text/],
  [
    'n1ql',
    95,
    /\bsystem:(?:keyspaces|indexes|datastores|namespaces|user_info|applicable_roles|my_user_info|completed_requests|prepareds)\b/,
  ],
  ['n1ql', 75, /\b(?:select|where|and|or|union)\b[^\n]{0,80}\bcurl\s{0,4}\(\s{0,4}["']/],
  ['n1ql', 75, /\bselect\b[^\n]{0,80}\bmeta\(\w{0,32}\)\.(?:id|cas|xattrs)/],
  ['cql', 75, /\ballow\s{1,8}filtering\s{0,4}(?:--|\/\/|\/\*|;\s{0,4}(?:--|\/\/|\/\*|$))/],
  [
    'cql',
    75,
    /\bsystem_(?:schema|auth)\.(?:tables|columns|keyspaces|roles|credentials|permissions|role_permissions)\b/,
  ],
  ['cypher', 95, /\bcall\s{1,8}(?:db\.(?:labels|schema|index|propertykeys|relationshiptypes)|dbms\.|apoc\.)/],
  ['cypher', 95, /\bload\s{1,8}csv\s{1,8}(?:with\s{1,8}headers\s{1,8})?from\s{1,8}['"]/],
  ['cypher', 95, /\bdetach\s{1,8}delete\s{1,8}\w{1,32}\s{0,8}(?:\/\/|return|;|$)|\boptional\s{1,8}match\s{0,8}\(/],
  [
    'cypher',
    75,
    /['"]\s{0,8}[})]{0,4}\s{0,8}(?:with|return|match|union|set)\b[^\n]{0,80}\bmatch\s{0,8}\(\s{0,4}\w{0,16}\s{0,4}[:){]/,
  ],
];

export function judgeProtocols(lower: string): ScriptFinding | null {
  let best: ScriptFinding | null = null;
  for (const [technique, confidence, rule] of RULES) {
    if (best !== null && best.confidence >= confidence) continue;
    const at = lower.search(rule);
    if (at >= 0) best = { technique, confidence, at };
  }
  return best;
}

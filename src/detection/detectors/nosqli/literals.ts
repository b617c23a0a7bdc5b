/** Of each rule something that it cannot do without, as rare in honest texts as can be had. */
const WORDS =
  `$ne $gt $lt $eq $in $nin $regex $exists $not $nor $or $and $elemmatch $all $mod $size $jsonschema $expr $where $function $func
   $accumulator $eval $lookup $graphlookup $unionwith $out $merge $currentop
   this._ this[ (this) return( ;return }return ;throw sleep( tojson printjson db. emit(
   _all_docs _all_dbs _config/ _local_docs java.lang .class. getclass() .execute() system: curl( meta( system_schema system_auth
   dbms. apoc. call/**/db db.labels flushall flushdb slaveof replicaof flush_all cachedump match(
   '|| "|| '&& "&&`
    .split(/\s+/)
    .filter((word) => word !== '');

const PHRASES = [
  'new date',
  'return true',
  'return 1',
  'return this',
  '; return',
  '} return',
  '; throw',
  "' ||",
  '" ||',
  "' &&",
  '" &&',
  'allow filtering',
  'detach delete',
  'optional match',
  'load csv',
  'match (',
];

/** Commands count at the beginning of a line. */
const COMMANDS =
  'config eval set setex getset get add keys del type dump module stats replace append prepend cas lpush rpush script bgsave hset sadd publish debug client acl monitor *1 *2 *3 *4 *5'.split(
    ' ',
  );

export const LITERALS: readonly string[] = [
  ...WORDS,
  ...PHRASES,
  // Words that another space than a plain one may follow.
  ...['new', 'load', 'allow', 'detach'].flatMap((word) => ['\t', '\n', ' \t'].map((space) => word + space)),
  '\treturn',
  '\nreturn',
  ...COMMANDS.map((command) => `\r\n${command}`),
  ...'config set|config get|eval "|flushall|module load|stats items'.split('|').map((command) => `\n${command}`),
  ...'abcdefghijklmnopqrstuvwxyz'.split('').map((letter) => `this.${letter}`),
];

/**
 * Files that are worth stealing or poisoning wherever they are, and that nobody asks an API for. Three ranks, by how rarely an honest
 * request names them.
 */
export type Rank = 'secret' | 'server' | 'system';

/** Ends of paths, as the names from the last one back. */
const SECRET = [
  'etc/passwd',
  'etc/passwd-',
  'etc/shadow',
  'etc/shadow-',
  'etc/gshadow',
  'etc/master.passwd',
  'etc/security/passwd',
  'etc/security/opasswd',
  'etc/sudoers',
  'etc/sam',
  'proc/self/environ',
  'proc/self/cmdline',
  'proc/self/maps',
  'proc/self/mem',
  'config/sam',
  'repair/sam',
  'repair/system',
  'regback/sam',
  'boot.ini',
  'win.ini',
  'system.ini',
  'autoexec.bat',
  'sysprep.inf',
  'unattend.xml',
  'cmd.exe',
  'web-inf/web.xml',
  'meta-inf/manifest.mf',
  'meta-inf/context.xml',
  'global.asa',
  'global.asax',
  'applicationhost.config',
  'machine.config',
  'wp-config.php',
  'localsettings.php',
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  'authorized_keys',
  'secrets/kubernetes.io/serviceaccount/token',
  'kubernetes.io/serviceaccount/token',
  '.bash_history',
  '.zsh_history',
  '.mysql_history',
  '.psql_history',
  '.pgpass',
  '.netrc',
  '.htpasswd',
  '.git-credentials',
  '.aws/credentials',
  '.docker/config.json',
  '.kube/config',
];

const SERVER = [
  '.htaccess',
  '.env',
  '.history',
  '.npmrc',
  '.pypirc',
  '.git/config',
  '.git/head',
  '.git/index',
  '.svn/entries',
  '.svn/wc.db',
  '.hg/hgrc',
  '.ds_store',
  'web.config',
  'php.ini',
  'my.cnf',
  'my.ini',
  'httpd.conf',
  'apache2.conf',
  'apache.conf',
  'nginx.conf',
  'sites-enabled/default',
  'sites-available/default',
  'tomcat-users.xml',
  'proftpd.conf',
  'proftpd',
  'vsftpd.conf',
  'pure-ftpd.conf',
  'pureftpd.pdb',
  'sshd_config',
  'ssh_config',
  'known_hosts',
  'access_log',
  'access.log',
  'error_log',
  'error.log',
  'logs/acces.log',
  'logs/acces_log',
  'debug.log',
  'etc/hosts',
  'etc/group',
  'etc/issue',
  'etc/motd',
  'etc/fstab',
  'etc/crontab',
  'etc/hostname',
  'etc/resolv.conf',
  'etc/services',
  'localstart.asp',
  'server-status',
];

const RANKS: ReadonlyMap<string, Rank> = new Map([
  ...SECRET.map((path) => [path, 'secret'] as const),
  ...SERVER.map((path) => [path, 'server'] as const),
]);

const LONGEST_END = 4;

/** Folders at the root of a machine that hold the system and its servers. */
const SYSTEM_ROOTS = /^(?:etc|proc|sys|boot|root|dev|winnt|windows|inetpub|windows.old|private\/etc|private\/var)$/;
/** The same where the first name is shared with honest content. */
const SYSTEM_FOLDERS = [
  'var/log',
  'var/adm',
  'var/run',
  'var/lock',
  'var/cron',
  'var/apache',
  'var/mysql',
  'usr/spool',
  'var/spool',
  'var/lib/php',
  'var/lib/mysql',
  'var/www',
  'var/backups',
  'var/local/www',
  'usr/local/etc',
  'usr/local/apache',
  'usr/local/apache2',
  'usr/local/apps',
  'usr/local/cpanel',
  'usr/local/php',
  'usr/local/php4',
  'usr/local/php5',
  'usr/local/www',
  'usr/lib/php',
  'usr/etc',
  'usr/pkg/etc',
  'usr/bin',
  'usr/sbin',
  'opt/bitnami',
  'opt/lampp',
  'opt/xampp',
  'opt/apache',
  'opt/nginx',
  'apache/logs',
  'apache/conf',
  'apache2/logs',
  'apache2/conf',
  'apache/php',
  'xampp/apache',
  'xampp/php',
  'xampp/mysql',
  'tmp/sess_',
  'tmp/curl',
  'library/webserver',
  'volumes/webbackup',
  'program files/apache group',
  'program files (x86)/apache group',
  'program files/mysql',
];

/** @param names of a path, in lower case */
export function rankOf(names: readonly string[], fromRoot: boolean): Rank | null {
  let end = '';
  for (let i = names.length - 1; i >= 0 && i >= names.length - LONGEST_END; i--) {
    end = end === '' ? (names[i] ?? '') : `${names[i]}/${end}`;
    const rank = RANKS.get(end);
    if (rank !== undefined) return rank;
  }
  const last = names.at(-1) ?? '';
  if (JOINED.test(last)) return 'secret';
  if (SESSION.test(last) && names.length > 1) return 'secret';
  return fromRoot && isSystem(names) ? 'system' : null;
}

/** What is left of a known path where a filter, or somebody's string literal, ate the separators. */
const JOINED =
  /(?:etc(?:passwd|shadow|group|hosts)|(?:^|[.:])(?:b?oot\.ini)|web-infweb\.xml|wwwrootglobal\.asa|windowswin\.ini)$/;
/** A session of PHP, by its file. */
const SESSION = /^sess_[a-z0-9,-]{8,128}$/;
const DRIVE = /^[a-z]:$/;

function isSystem(names: readonly string[]): boolean {
  const first = DRIVE.test(names[0] ?? '') ? 1 : 0;
  const root = names[first] ?? '';
  if (names.length > first + 1 && SYSTEM_ROOTS.test(root)) return true;
  const start = names.slice(first, first + 4).join('/');
  return SYSTEM_FOLDERS.some((folder) => start.startsWith(folder) && !/[a-z]/.test(start[folder.length] ?? ''));
}

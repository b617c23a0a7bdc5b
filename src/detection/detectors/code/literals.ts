import { CALLED, ORDINARY, RUNNERS } from './functions.ts';

/** What honest texts seldom hold, by language, for the prefilter; `~` stands for a blank. */
const BY_LANGUAGE = [
  // PHP
  '<? $_ $globals php:// phar:// expect:// zip:// rar:// ogg:// glob:// compress. zlib: ssh2. [php [/php {php {/php [\\php $a( {${ ${@',
  'memory_limit extension_ extension= open_basedir include_path opcache. session. mbstring. allow_url auto_prepend auto_append disable_ xdebug.',
  'unserialize suhosin. zend_ error_log safe_mode short_open assert. phar. user_ini. sendmail_path enable_dl soap. ffi.',
  'array_ mb_ preg_ curl_ posix_ pcntl_ ldap_ odbc_ pg_ mysql sqlite_ sodium_ tidy_ stream_ socket_ openssl_ utf8_ iconv_',
  'ctype_ ftp_ imap_ apache_ php_ proc_ readline_ snmp_ ssh2_ wddx_ libxml_ simplexml_ gmp_ yaml_ zip_ call_user get_defined',
  // JavaScript
  'child_process process. process[ process~[ .process constructor require( require[ import( fromcharcode module.exports console. while( while~( function( function~( resolved_model "_response"',
  // Python, Ruby, Perl
  '__ import~os import~sub import~pty import~socket importlib require" subprocess os. pty. kernel popen open3 %x qx #{ @{[ ${\\ use~socket io::socket _eval send( file.read io.read dir.',
  // Java and its kin, .NET
  'java. javax. com.sun. org.apache. opensymphony springframework getclass classloader protectiondomain forname runtime. .runtime processbuilder',
  'org.omg groovy freemarker sun. jdk.nashorn bsh. org.mozilla com.bea scriptengine getenginebyname ognl _memberaccess #context execute(',
  'execute~( system. sys.process class.module system.diagnostics processstartinfo assembly. activator gettype(',
  // File names of uploads
  '.php .pht phtml .phar .phps .shtml .jsp jspx .jsw .asp .ash .asmx .asc .cer .cfm .cgi .war .htaccess .htpasswd .user.ini web.config',
  'sess_ .~php .~jsp .~asp',
].flatMap((line) => line.split(' '));

const NAMES = [...RUNNERS, ...CALLED].flatMap((name) =>
  ORDINARY.has(name) || name.length < 4 ? [`${name}(`] : [name],
);

export const LITERALS: readonly string[] = [...BY_LANGUAGE, ...NAMES].map((literal) => literal.replaceAll('~', ' '));

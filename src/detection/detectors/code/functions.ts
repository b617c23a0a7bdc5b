/** Functions of PHP and its neighbours, by how plainly a call of them is code put in from outside. */

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** They run code or commands; their names are words of their own. */
export const RUNNERS: ReadonlySet<string> = words(`
  shell_exec passthru proc_open popen pcntl_exec create_function call_user_func call_user_func_array preg_replace_callback
  register_shutdown_function register_tick_function base64_decode gzinflate gzuncompress gzdecode bzdecompress str_rot13 convert_uudecode
  zlib_decode phpinfo phpversion php_uname php_sapi_name file_put_contents file_get_contents move_uploaded_file highlight_file
  show_source readfile fsockopen pfsockopen posix_getpwuid posix_kill posix_getegid posix_mkfifo ini_set ini_get_all ini_alter
  parse_ini_file get_defined_vars get_defined_functions get_defined_constants getenv putenv unserialize var_dump var_export print_r
  disk_free_space opendir scandir readdir dl escapeshellcmd escapeshellarg func_get_args array_map array_filter array_walk usort uasort
  uksort assert_options proc_close proc_terminate proc_nice apache_setenv symlink chroot syslog mb_ereg_replace stream_get_contents
  execsync spawnsync execfile check_output getoutput str_repeat strrev file_exists is_array hexdec dechex`);

/** Words that other languages and people use too: what stands in the parentheses has to tell. */
export const CALLED: ReadonlySet<string> = words(`
  system exec eval assert include include_once require require_once spawn execute popen open compile import load run sleep usleep print
  echo printf die exit file fopen fread fwrite chr substr intval crypt checkdate serialize touch link rename copy unlink chmod chown
  glob range pi pack unpack strip_tags filegroup fileowner fputs fgets setcookie header mail define constant extract parse_str printf
  sprintf isset empty phpcredits feof fclose strlen implode explode`);

/** Those of them that run what they are given. */
export const EXECUTORS: ReadonlySet<string> = words(
  'system exec eval assert spawn execute popen passthru shell_exec include include_once require require_once die exit run sleep usleep print',
);

/** Formulas and templates call these as well. */
export const ORDINARY: ReadonlySet<string> = words(
  'open compile import load run print echo include copy rename link file range pi header mail glob extract define empty exit die substr chr sleep touch pack constant',
);

/** What PHP's own functions are called after. */
export const PHP_PREFIX =
  /^(?:array|str|is|mb|preg|curl|gz|bz|zlib|posix|pcntl|get_(?:defined|class|object|current|cfg|include[ds]?|loaded|resource|parent|called|html|browser|extension|magic|meta|declared)|ldap|odbc|pg|mysqli?|sqlite|sodium|tidy|zend|stream|socket|openssl|hash|json|xml|utf8|iconv|ctype|date|time|image|exif|ftp|imap|mcrypt|apache|ob|php|sys|html|http|file|dir|proc|shell|call|func|class|method|spl|ini|set_(?:error|exception|time|include|file)|var|debug|error|session|opcache|apcu|readline|oci|db2|ibase|fbird|mssql|sqlsrv|snmp|ssh2|wddx|libxml|simplexml|dom|gmp|bc|random|password|escapeshell|ssh|msg|sem|shm|cal|easter|jd|enchant|pspell|finfo|getimage|fdf|pdf|rrd|yaml|zip)_[a-z0-9_]{2,50}$/;

import { TOKEN, type TokenKind } from './tokens.ts';

/** Keywords of MySQL, PostgreSQL, SQL Server, Oracle and SQLite by what they are to the grammar. Other words are names. */
const BY_KIND: readonly (readonly [TokenKind, string])[] = [
  [TOKEN.logic, 'and or xor'],
  [
    TOKEN.compare,
    'like ilike rlike regexp regex glob match between in is similar sounds soundex_like overlaps isnull notnull',
  ],
  [TOKEN.arithmetic, 'div mod collate escape'],
  [TOKEN.prefix, 'not binary exists any some interval array row'],
  [TOKEN.constant, 'null true false unknown'],
  [TOKEN.select, 'select'],
  [TOKEN.union, 'union except intersect minus'],
  [TOKEN.quantifier, 'all distinct distinctrow top sql_calc_found_rows straight_join high_priority sql_no_cache'],
  [
    TOKEN.clause,
    'from where having order group by limit offset as on using join inner outer cross natural into values asc desc case when then else end procedure fetch window partition over placing returning rollup',
  ],
  [
    TOKEN.verb,
    'insert update delete drop create alter truncate exec execute declare call shutdown replace merge grant revoke waitfor rename backup restore kill copy attach handler prepare deallocate begin print set if while use load analyze do go',
  ],
];

export const KEYWORDS: ReadonlyMap<string, TokenKind> = new Map(
  BY_KIND.flatMap(([kind, words]) => words.split(' ').map((word) => [word, kind] as const)),
);

/** Functions and procedures that only attacks call from outside: they wait, read files, run programs, or put data into errors. */
export const DANGEROUS: ReadonlySet<string> = new Set(
  `sleep benchmark pg_sleep pg_sleep_for pg_sleep_until randomblob zeroblob load_file extractvalue updatexml name_const
   dbms_pipe.receive_message dbms_lock.sleep dbms_session.sleep user_lock.sleep utl_inaddr.get_host_address utl_inaddr.get_host_name
   utl_http.request utl_file.fopen httpuritype ctxsys.drithsx.sn dbms_xmlgen.getxml dbms_utility.sqlid_to_sqlhash dbms_ldap.init
   dbms_java.runjava xmltype openrowset opendatasource openquery load_extension lo_import lo_export lo_get lo_from_bytea
   pg_read_file pg_read_binary_file pg_ls_dir pg_stat_file dblink dblink_connect dblink_send_query database_to_xml query_to_xml
   table_to_xml current_setting set_config crypt_key regexp_substring json_keys sys_eval sys_exec master_pos_wait
   sys.fn_sqlvarbasetostr fn_xe_file_target_read_file fn_get_audit_file fn_trace_gettable make_set elt st_latfromgeohash
   st_longfromgeohash st_pointfromgeohash gtid_subset gtid_subtract
   generate_series receive_message sqlite_compileoption_get sqlite_source_id sqlite_version fts3_tokenizer`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Functions that tell of the database itself. */
export const METADATA: ReadonlySet<string> = new Set(
  `version database schema user current_user session_user system_user db_name user_name host_name suser_name suser_sname is_srvrolemember
   is_member object_id object_name col_name schema_name serverproperty current_database current_schema current_schemas pg_backend_pid
   inet_server_addr pg_client_encoding connection_id last_insert_id sysdate sys_context userenv dbms_assert pg_postmaster_start_time
   getpgusername quote_ident fn_virtualfilestats app_name total_changes changes last_insert_rowid`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Functions of SQL that other languages and spreadsheets may have, too. */
export const COMMON: ReadonlySet<string> = new Set(
  `abs acos ascii asin atan avg bin bit_and bit_count bit_or bit_xor cast ceil ceiling char char_length character_length charindex chr
   coalesce compress concat concat_ws conv convert cos cot count crc32 curdate current_date current_time current_timestamp curtime
   date_add date_format datediff decode degrees des_decrypt aes_decrypt aes_encrypt exp export_set field find_in_set floor format
   from_base64 to_base64 get_lock release_lock greatest least group_concat string_agg listagg hex hextoraw rawtohex if ifnull iif
   inet_aton inet_ntoa instr isnull json_extract json_valid json_object json_array json_search json_contains json_depth json_length json_build_object
   json_agg row_to_json jsonb_pretty jsonb_extract_path json json_type json_quote jsonb_agg array_to_json array_agg to_json to_jsonb lcase left length likelihood likely unlikely ln
   locate log log10 log2 lower lpad ltrim max md5 mid min month now nullif nvl nvl2 oct octet_length ord overlay parsename
   password patindex pi position pow power quarter quote quotename radians rand random rank regexp_like regexp_replace regexp_substr
   repeat reverse right round row_count row_number rpad rtrim sha sha1 sha2 sign sin soundex space sqrt starts_with std stddev stdev
   str strcmp strftime stuff subdate substr substring substring_index sum sysdatetime tan to_ascii to_char to_date to_number
   to_hex to_timestamp translate trim trunc truncate typeof ucase uncompress unhex unicode unistr unix_timestamp upper utc_date utl_raw.cast_to_raw
   uuid values var_pop variance weekday xmlagg xmlelement xmlforest printf encode string_to_array regexp_split_to_table glob binary
   date time year day adddate addtime to_days bit_length insert quote_literal quote_nullable try_cast try_convert choose`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Tables and schemas of the databases themselves. */
export const CATALOGUE =
  /^(?:information_schema|pg_catalog|sys|mysql|master|msdb|sysibm|syscat|performance_schema|domain|rdb\$\w*)\.|^(?:information_schema|pg_catalog|pg_user|pg_shadow|pg_database|pg_tables|pg_class|pg_roles|sysobjects|syscolumns|sysusers|sysdatabases|syslogins|sqlite_master|sqlite_schema|sqlite_temp_master|all_tables|all_users|all_tab_columns|user_tables|user_tab_columns|dba_users|dba_tables|msysaccessobjects|msysobjects|dual|rdb\$\w*|xp_\w+|sp_oa\w+|sp_executesql|sp_password|sp_addlogin|sp_makewebtask|sp_addextendedproc|sp_configure)$/;

/** Tables that an attack asks for first. */
export const FAVOURED =
  /(?:^|[._])(?:\w{0,64}(?:users?|members?|admins?|accounts?|passwords?|passwd|credentials?|logins?|customers?|credit_?cards?|employees?|usuarios?))$/;

/** Procedures of SQL Server and Oracle that are called by name. */
export const PROCEDURE =
  /(?:^|\.)(?:xp_\w+|sp_(?:execute\w*|oa\w+|addlogin|addsrvrolemember|makewebtask|configure|password|adduser|who\d?|help\w*|msforeach\w+|start_job|sqlexec\w*|addextendedproc|dboption|prepare)|dbms_\w+|utl_\w+)(?:\.|$)/;

/** Types, as they stand behind a cast. */
export const TYPE =
  /^(?:int|integer|int2|int4|int8|bigint|smallint|numeric|decimal|float|float4|float8|real|text|varchar|nvarchar|char|bool|boolean|bytea|json|jsonb|date|timestamp|timestamptz|uuid|xml|regclass|money|inet|bit|oid|name)$/;

/** Words that English writes before a noun or between phrases, and no programmer calls a table. */
export const PROSE_WORDS: ReadonlySet<string> = new Set(
  `the a an of to is are was were be been this that these those your my our his her its their we you it he she they i with one more any
   each every some for at in on by not no do does did have has had will would can could should may might must if so but there here
   what which who whom whose when why how than then too very just also all both few many much most other such only own same about
   above below between through during before after from up down out off over under again further once`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/**
 * Names that no page needs: what leads from a value to its class, its module, the interpreter or the system, in the languages that
 * templates run in. Lower case.
 */
const PYTHON =
  '__class__ __base__ __bases__ __mro__ mro __subclasses__ __globals__ __builtins__ __import__ __init__ __getitem__ __getattribute__ __dict__ __self__ __code__ __func__ __reduce__ __loader__ __spec__ func_globals f_globals gi_frame gi_code co_consts popen subprocess _module lipsum cycler joiner get_flashed_messages _templatereference__context _mmarker _nsattr__parent';
const JAVA =
  'getruntime getclass forname newinstance processbuilder classloader getclassloader getmethod getmethods getdeclaredmethod getdeclaredfields getconstructor protectiondomain scriptenginemanager getenginebyname getprotectiondomain uberspect uberspector classutil objectwrapper objectconstructor jythonruntime defaultmemberaccess default_member_access _memberaccess setmemberaccess allowstaticmethodaccess excludedclasses excludedpackagenames memberaccess servletactioncontext httpservletresponse ognlcontext ognlutil freemarker templateclassresolver springmacrorequestcontext getbeanfactory webapplicationcontext typeutils facescontext getsystemclassloader urlclassloader urandom getsession setattribute getenv nashorn';
const SCRIPT =
  'constructor __proto__ prototype child_process execsync spawnsync mainmodule _load fromcharcode globalthis __definegetter__ __lookupgetter__ __definesetter__ __lookupsetter__ $eval $evalasync $new $on';
const PHP_AND_RUBY =
  'shell_exec passthru proc_open phpinfo file_get_contents file_put_contents system popen exec assert call_user_func create_function registerundefinedfiltercallback registerundefinedfunctioncallback getfilter _self getenvironment setcache instance_eval instance_variable_get const_get send __send__ io kernel syscall fpassthru readfile highlight_file show_source scandir getstreamvariable';
const DOTNET = 'gettype assembly loadfrom processstartinfo activator appdomain getassemblies invokemember';

export const DANGEROUS: ReadonlySet<string> = new Set(
  [PYTHON, JAVA, SCRIPT, PHP_AND_RUBY, DOTNET].join(' ').split(' '),
);

/** Names that are only dangerous when they are called, or walked on from: honest data are named so too. */
export const ROOTS: ReadonlySet<string> = new Set(
  'config self settings request app session process runtime file dir io os sys thread objectspace'.split(' '),
);

/** Functions that are a probe or an attack wherever a template calls them. */
export const CALLS: ReadonlySet<string> = new Set(
  'eval exec system popen passthru require import open dump var_dump print_r debug phpinfo execute getenv sleep alert prompt confirm include_php'.split(
    ' ',
  ),
);

/** What a string inside of an expression spells when it is used as a name: `attr("__class__")`, `['constructor']`, `filter('system')`. */
export const SPELT_NAMES =
  /__(?:class|globals|import|builtins|init|mro|base|subclasses|getitem|proto)|^_+$|^(?:constructor|prototype|system|passthru|exec|shell_exec|popen|eval|phpinfo|class|os|child_process|id|whoami|file_get_contents|call_user_func|assert)$|\/etc\/|java\.|javax\.|freemarker\.|\bcat\b.{0,20}(?:\/|\$)|\breturn\b|alert\(|process\.|require\(|\.exec\(|\\x5f|\\u005f/i;

/** Packages and classes by which Java and .NET are reached. */
export const PACKAGES = /^(?:java|javax|org|com|sun|freemarker|groovy|ognl|system|javassist|jdk)$/;

type Internal = { readonly technique: string; readonly pattern: RegExp };

/** Steps of a path of names: between dots, brackets and quotes. */
const step = (name: string, flags = ''): RegExp => new RegExp(`(?:^|[.[\\]"'/_])${name}(?:$|[.[\\]"'/(])`, flags);

/** Names that lead out of an object into the program: data binding of Java, attributes of Python, globals of PHP, options of engines. */
export const INTERNALS: readonly Internal[] = [
  { technique: 'java-class-loader', pattern: step('class(?:\\.|\\[[\'"]?)(?:module|classLoader)', 'i') },
  { technique: 'java-class-loader', pattern: step('(?:protectionDomain|classLoader)', 'i') },
  { technique: 'java-class', pattern: /^(?:[\w-]{1,40}\.)?class\.(?:superclass|declaredFields|declaredMethods)\b/i },
  {
    technique: 'python-internals',
    pattern: step(
      '__(?:class|init|globals|builtins|mro|subclasses|bases?|dict|kwdefaults|defaults|import|reduce|getattribute)__',
    ),
  },
  { technique: 'php-globals', pattern: /^(?:_?GLOBALS|_(?:SESSION|SERVER|ENV|REQUEST|COOKIE|FILES|GET|POST))\[/ },
  {
    technique: 'engine-options',
    pattern:
      /settings\[view options\]|settings\.view options|(?:^|[[.])(?:outputFunctionName|escapeFunction|destructuredLocals)(?:$|[\].])/,
  },
  {
    technique: 'ruby-internals',
    pattern: step('(?:__send__|instance_variable_set|instance_eval|class_eval|attr_accessor)'),
  },
];

/** Flags of privilege, by the names that frameworks and applications give them. */
export const PRIVILEGED =
  /(?:^|[.[_])(?:is_?)?(?:admin|administrator|superuser|super_?admin|staff|root|moderator)\]?$|(?:^|[.[])is(?:Admin|Staff|Superuser|SuperAdmin|Root|Moderator)\]?$|(?:^|[.[])(?:can_?approve|bypass_?2fa|skip_?verification)\]?$/i;
/** Fields that hold the name of a role. */
export const PRIVILEGED_ROLE =
  /(?:^|[.[_])(?:user_?)?(?:role|roles|role_?name|user_?type|account_?type|access_?level|privilege|group)(?:\[\d{0,3}\])?\]?$/i;

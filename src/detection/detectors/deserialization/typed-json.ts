import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import type { Subject } from '../../subject.ts';

/** Names of fields by which JSON libraries let the sender choose the class: Fastjson, Jackson, Json.NET, JSON-IO, Flexjson, XStream. */
const TYPE_KEYS: ReadonlySet<string> = new Set([
  '@type',
  '$type',
  '@class',
  '__type',
  '@c',
  'javaclass',
  '__class__',
  'py/object',
  'py/reduce',
  'py/type',
  'py/function',
  '^o',
  'json_class',
  'type',
]);
/** Those that stand for an ordinary property just as often. */
const VAGUE: ReadonlySet<string> = new Set(['type', '__type', 'javaclass', '@c']);

/** A class with its package, of the platform or of a library. */
const JAVA_CLASS =
  /^l?(?:java|javax|sun|com\.sun|com\.mchange|com\.zaxxer|com\.alibaba|com\.ibatis|com\.mysql|org\.apache|org\.springframework|org\.hibernate|org\.codehaus|org\.jboss|org\.h2|org\.postgresql|ch\.qos|net\.sf|br\.com|oracle\.jdbc|groovy|clojure|bsh)\.[\w.$]{2,120};?$/i;
const HARMLESS_JAVA =
  /^java\.(?:lang\.(?:string|integer|long|double|boolean|float|short|byte|number|object)|util\.(?:arraylist|hashmap|linkedhashmap|date|list|map|uuid|linkedlist|hashset|treemap|collections\$\w{1,40})|math\.\w{2,12}|time\.\w{2,20}|sql\.(?:timestamp|date))$/i;
const DOTNET_CLASS =
  /^(?:system|microsoft)\.[\w.+`[\]]{3,200},\s{0,4}(?:system|mscorlib|presentationframework|microsoft|windowsbase|presentationcore)/i;
const PYTHON_CALL =
  /^(?:os|posix|nt|subprocess|builtins|__builtin__|__main__|sys|importlib|commands|pty|shutil|pickle|timeit)\b/i;

export function findTypedValue({ text, leaf }: Subject): Evidence | null {
  if (leaf.role === 'value' && typeof leaf.key === 'string') {
    const key = leaf.key.toLowerCase();
    if (TYPE_KEYS.has(key)) return judgeClass(text, key);
  }
  return null;
}

function judgeClass(text: string, key: string): Evidence | null {
  const name = text.trim().slice(0, 300);
  const evidence = (technique: string, confidence: number): Evidence => ({
    technique,
    confidence,
    start: 0,
    end: text.length,
  });
  if (JAVA_CLASS.test(name)) {
    if (HARMLESS_JAVA.test(name)) return null;
    return evidence('polymorphic-json', VAGUE.has(key) ? CONFIDENCE.possible : 90);
  }
  if (DOTNET_CLASS.test(name)) return evidence('typed-dotnet', 85);
  if (key.startsWith('py/') && PYTHON_CALL.test(name)) return evidence('jsonpickle', CONFIDENCE.certain);
  return null;
}

import { CONFIDENCE, type Evidence } from '../../evidence.ts';

/** Classes of the Java platform by their full name: a request that names them speaks to an interpreter, not to a person. */
const CLASS =
  /(?:^|[^\w.])(?:java\.lang\.(?:runtime|processbuilder|process|system|class|classloader|reflect|thread|stringbuilder|invoke)|java\.(?:runtime|processbuilder)|java\.io\.[a-z]{3,30}|java\.(?:net|nio|util\.zip|rmi|beans|security|sql\.drivermanager)\.[a-z]{3,30}|javax\.(?:script|naming|management|el|crypto|tools|imageio)\b|com\.sun\.(?:org\.apache|jndi|rowset|rmi|tools)\b|org\.apache\.(?:commons\.(?:collections|beanutils|io|exec|jxpath|fileupload)|struts2?|xalan|catalina|tomcat|velocity)\b|org\.omg\.corba\b|org\.springframework\.(?:context|beans|expression|cglib|web\.context)\b|com\.opensymphony\.xwork2\b|freemarker\.template\.utility|bsh\.interpreter|groovy\.lang|org\.mozilla\.javascript|jdk\.nashorn|sun\.misc\.unsafe|sun\.reflect\b|com\.bea\.core)/;
const BARE_CLASS = /^(?:java\.lang\.(?:string|integer|number|object)|org\.apache\.commons|com\.sun\.org\.apache)$/;
const RUNTIME =
  /(?:^|[^\w])java\.[\w.]{0,60}(?:runtime|processbuilder)\b|(?:runtime|processbuilder)\.[\w.]{0,40}(?:transformer|closure|factory|getproperty|filewriter|xmldecoder)/;

export function findJavaName(lower: string, prose: number): Evidence | null {
  const match = RUNTIME.exec(lower) ?? CLASS.exec(lower);
  if (match === null) {
    return BARE_CLASS.test(lower)
      ? { technique: 'java-class', confidence: CONFIDENCE.possible, start: 0, end: lower.length }
      : null;
  }
  const end = match.index + match[0].length;
  // What a program reports when it fails.
  if (/(?:exception|error)$/.test(match[0])) return null;
  const isWhole = lower.length < 160 && !/\s/.test(lower.trim());
  const confidence =
    prose > 0.3 ? CONFIDENCE.weak : isWhole || /[(@#${]/.test(lower.charAt(end)) ? 80 : CONFIDENCE.possible;
  return { technique: 'java-class', confidence, start: match.index, end };
}

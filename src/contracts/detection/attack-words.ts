import type { AttackKind } from './attack-kinds.ts';

/** `title`: a few words; `owner`: what somebody tried, without jargon; `developer`: the field's exact terms. */
export type AttackWords = { readonly title: string; readonly owner: string; readonly developer: string };

/** Each kind of attack in plain words. The console's English catalog takes them from here. */
export const ATTACK_WORDS: Readonly<Record<AttackKind, AttackWords>> = {
  sqli: {
    title: 'Questions to your database',
    owner: 'Somebody wrote a database command into a field, to read or change data that is not theirs.',
    developer: 'SQL injection (CWE-89). Use bound parameters; never join input into a query.',
  },
  nosqli: {
    title: 'Conditions for your database',
    owner: 'Somebody sent a condition where a plain value belongs, to get past a check or to see other people’s data.',
    developer:
      'NoSQL injection (CWE-943): an operator such as $ne or $where. Take strings as strings, and check types.',
  },
  xss: {
    title: 'Scripts for your visitors',
    owner: 'Somebody sent a small program that would run in the browser of whoever looks at the text later.',
    developer: 'Cross-site scripting (CWE-79). Escape on output for its context; sanitise markup that is wanted.',
  },
  shell: {
    title: 'Commands for your server',
    owner: 'Somebody wrote a command for the server into a field, to take it over.',
    developer: 'OS command injection (CWE-78). Start programs with a list of arguments, without a shell.',
  },
  traversal: {
    title: 'Climbing through folders',
    owner: 'Somebody asked for a file outside the folder that is meant to be seen.',
    developer: 'Path traversal (CWE-22). Resolve the path and check that it is still below its folder.',
  },
  'file-inclusion': {
    title: 'Loading foreign files',
    owner: 'Somebody tried to make your application load a file or program from somewhere else.',
    developer: 'Local or remote file inclusion (CWE-98). Choose files from a list, never by a name that is sent.',
  },
  ssrf: {
    title: 'Sending your server elsewhere',
    owner: 'Somebody tried to make your server call an address inside your own network.',
    developer: 'Server-side request forgery (CWE-918). Allow hosts by name and refuse private and metadata addresses.',
  },
  template: {
    title: 'Tricks with text patterns',
    owner: 'Somebody sent a piece of a text pattern, to have your server work it out as a command.',
    developer:
      'Server-side template or expression injection (CWE-1336, CWE-917). Pass input as data, never as a template.',
  },
  code: {
    title: 'Programs for your server',
    owner: 'Somebody sent a piece of a program, hoping that your application runs it.',
    developer: 'Code injection (CWE-94). Never evaluate input (eval, assert, Function, include).',
  },
  deserialization: {
    title: 'Packed programs',
    owner: 'Somebody sent a packed object that starts a program when it is unpacked.',
    developer: 'Deserialization of untrusted data (CWE-502). Take plain data such as JSON and check it by a schema.',
  },
  xml: {
    title: 'Tricks with XML',
    owner: 'Somebody sent a document that makes its reader open files, call addresses, or run out of memory.',
    developer:
      'XML external entity or entity expansion (CWE-611, CWE-776). Switch off DOCTYPE and entities in the parser.',
  },
  ldap: {
    title: 'Questions to your directory',
    owner: 'Somebody wrote search signs into a field, to look up or pass as other people in your directory.',
    developer: 'LDAP injection (CWE-90). Escape input by RFC 4515 before it goes into a filter.',
  },
  xpath: {
    title: 'Questions to your documents',
    owner: 'Somebody wrote a search condition into a field, to read parts of a document that are not theirs.',
    developer: 'XPath injection (CWE-643). Use variables in expressions; never join input into them.',
  },
  jndi: {
    title: 'Tricks with log lines',
    owner: 'Somebody sent a text that makes some servers load a foreign program as soon as they write it down.',
    developer: 'JNDI lookup as in Log4Shell (CVE-2021-44228). Update the logging library and switch off lookups.',
  },
  'header-injection': {
    title: 'Forged lines in answers',
    owner: 'Somebody sent line breaks, to slip lines of their own into what your server says.',
    developer: 'CRLF injection or response splitting (CWE-113). Refuse line breaks in values of header fields.',
  },
  'mail-injection': {
    title: 'Mails in your name',
    owner: 'Somebody tried to add recipients to a mail that your application sends.',
    developer: 'E-mail header injection (CWE-93). Refuse line breaks in names, addresses and subjects.',
  },
  'prototype-pollution': {
    title: 'Tampering with the application',
    owner: 'Somebody sent a special name that changes how your whole application behaves.',
    developer:
      'Prototype pollution (CWE-1321): __proto__ or constructor.prototype. Use a schema and objects without prototype.',
  },
  'mass-assignment': {
    title: 'Giving oneself rights',
    owner: 'Somebody sent a field that nobody asked for, such as “is administrator: yes”.',
    developer: 'Mass assignment (CWE-915). Take listed fields alone; refuse unknown ones with a schema.',
  },
  graphql: {
    title: 'Too much at once',
    owner: 'Somebody sent one question so large or so nested that it can bring your application to a halt.',
    developer: 'GraphQL abuse (CWE-770): depth, aliases, batches or introspection. Limit cost, depth and batches.',
  },
  'open-redirect': {
    title: 'Leading visitors astray',
    owner: 'Somebody tried to make your address lead visitors to another site.',
    developer: 'Open redirect (CWE-601). Redirect to own paths or to hosts from a list alone.',
  },
  protocol: {
    title: 'Calls that are not as they should be',
    owner: 'Somebody sent a call that no usual program sends, to find out how your server reacts.',
    developer: 'Protocol abuse: malformed, doubled or contradictory parts of the request.',
  },
  scanner: {
    title: 'Robots that look for holes',
    owner: 'A robot went through your address to look for known weak spots.',
    developer: 'A vulnerability scanner or a probe for files that should not be public.',
  },
  disagreement: {
    title: 'Calls with two meanings',
    owner:
      'Somebody sent a call that can be read in two ways, so that the check sees one and your application the other.',
    developer: 'Interpretation conflict (CWE-436): duplicate names, charset or content-type tricks, broken encodings.',
  },
};

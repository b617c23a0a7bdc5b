import type { Evidence } from '../../evidence.ts';
import type { Subject } from '../../subject.ts';

/** File names by which an upload becomes a program or a setting of the server. */
const PROGRAM =
  /\.\s{0,2}(?:php\d{0,4}|phtml|phtm|phar|phps|phpt|pht|pgif|shtml|jspx?|jspf|jsw|jsv|war|aspx?|ashx|asmx|ascx|asa|cer|cdx|cfm|cfc|cgi|pl|htaccess|htpasswd|user\.ini)(?:[\s.:;/%\p{Cc}]|::\$data){0,20}(?:\.\s?(?:jpe?g|png|gif|pdf|txt|bmp|webp|zip|docx?|csv|svg)[\s.]{0,8})?$/u;
const SESSION = /(?:^|[/\\])sess_[\w,-]{5,250}$/;
const SETTINGS = /(?:^|[/\\])(?:\.htaccess|\.htpasswd|\.user\.ini|web\.config|php\.ini)[\s.]{0,8}$/;

const HEADERS: ReadonlySet<string> = new Set([
  'x-filename',
  'x_filename',
  'x.filename',
  'x-file-name',
  'x_file_name',
  'x-file_name',
  'x.file.name',
  'content-disposition',
]);

export function findUploadName({ lower, leaf }: Subject): Evidence | null {
  if (lower.length > 400 || typeof leaf.key !== 'string' || leaf.role !== 'value') return null;
  const isUpload =
    leaf.carrier === 'multipart' ? leaf.key.endsWith(':filename') : leaf.carrier === 'header' && HEADERS.has(leaf.key);
  if (!isUpload) return null;
  const name = lower.trimEnd();
  const match = PROGRAM.exec(name) ?? SETTINGS.exec(name) ?? SESSION.exec(name);
  return match === null ? null : { technique: 'upload-name', confidence: 80, start: match.index, end: lower.length };
}

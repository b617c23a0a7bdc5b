import type { TextDetector } from '../../detector.ts';
import { CONFIDENCE, type Evidence } from '../../evidence.ts';
import { SIGN } from '../../prefilter/signs.ts';
import type { Subject } from '../../subject.ts';

/**
 * Mail injection (CWE-93): a line break in what becomes a header of a mail (RFC 5322), or an argument of SMTP, IMAP or POP3 (RFC 5321,
 * 9051, 1939), and behind it a header or command of the caller's. A mail pasted into a message begins with its own headers, or is long.
 */
export const mailInjection: TextDetector = {
  id: 'mail-injection',
  literals: ['bcc:', 'rcpt to', 'mail from', 'queuedirectory', ' -x/', ' -x /', ' -oq', '?bcc=', '&bcc=', '?cc='],
  concerns: ({ signs }, hasLiteral) => hasLiteral || (signs & SIGN.newline) !== 0,
  look,
};

const LONGEST = 4_000;
const MOST_LINES = 60;
/** How much a text must read like writing before a line of it is only writing. Short headers read a little like it. */
const TALK = 0.6;

function look(subject: Subject): Evidence | null {
  const { text } = subject;
  if (text.length > LONGEST) return null;
  const argument = ARGUMENT.exec(text);
  if (argument !== null && subject.prose < 0.5)
    return at('sendmail-arguments', CONFIDENCE.likely, argument.index, text.length);
  const link = LINK.exec(text);
  if (link !== null) return at('mail-link', CONFIDENCE.possible, link.index, text.length);
  return inLines(subject);
}

function at(technique: string, confidence: number, start: number, end: number): Evidence {
  return { technique, confidence, start, end };
}

/** Options of sendmail behind an address, as `mail()` of PHP hands them on. */
const ARGUMENT = /\s-(?:O\s?QueueDirectory\s?=|oQ\s?\/|X\s?\/|be\s?\$?\{|C\s?\/[\w./]{3})/;
const LINK = /^[^\s@]{1,64}@[\w.-]{1,100}[?&](?:b?cc|to|subject|body)=/i;

const HEADER =
  /[ \t]{0,8}(bcc|cc|to|from|subject|reply-to|sender|return-path|content-type|content-transfer-encoding|mime-version|x-mailer|errors-to|disposition-notification-to)[ \t]{0,4}:/iy;
const SMTP =
  /[ \t]{0,4}(?:(RCPT TO ?:|MAIL FROM ?:)|(?:(?:EHLO|HELO|VRFY|EXPN|AUTH) [\w.-]{1,80}|DATA|QUIT|RSET|STARTTLS|NOOP)[ \t]*(?=[\r\n]|$))/y;
const IMAP =
  /[ \t]{0,4}(?:[A-Za-z]{1,4}\d{1,6}|\d{1,6}|\*) (?:CAPABILITY|LOGIN|LOGOUT|NOOP|SELECT|EXAMINE|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE|LIST|LSUB|STATUS|APPEND|FETCH|SEARCH|STORE|COPY|UID|IDLE|STARTTLS|AUTHENTICATE|EXPUNGE|CLOSE|CHECK)\b/y;
const POP =
  /[ \t]{0,4}(?:(?:RETR|DELE|TOP|LIST|UIDL) \d{1,6}(?: \d{1,6})?|(?:USER|PASS|APOP) \S{1,80}|STAT|UIDL|CAPA)[ \t]*(?=[\r\n]|$)/y;

function inLines(subject: Subject): Evidence | null {
  const { text } = subject;
  let best: Evidence | null = null;
  let commands = matches(IMAP, text, 0) || matches(POP, text, 0) ? 1 : 0;
  let lines = 0;
  const mark = /[\r\n]+|%0[ad]/gi;
  for (let found = mark.exec(text); found !== null && lines < MOST_LINES; found = mark.exec(text)) {
    lines++;
    const from = found.index + found[0].length;
    const judged = header(subject, from, found.index) ?? smtp(subject, from, found.index);
    if (judged !== null && (best === null || judged.confidence > best.confidence)) best = judged;
    if (matches(IMAP, text, from)) {
      commands++;
      if (commands > 1 || isMailField(subject)) return at('imap-command', CONFIDENCE.certain, found.index, from + 10);
      best ??= at('imap-command', isOpen(subject) ? CONFIDENCE.likely : CONFIDENCE.weak, found.index, from + 10);
    } else if (matches(POP, text, from)) {
      commands++;
      if (commands > 1) return at('pop3-command', CONFIDENCE.likely, found.index, from + 6);
      best ??= at(
        'pop3-command',
        isMailField(subject) || isOpen(subject) ? CONFIDENCE.likely : CONFIDENCE.weak,
        found.index,
        from + 6,
      );
    }
  }
  return best;
}

function matches(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** Carriers that a form of contact is sent in. */
function isOpen({ carrier, prose }: Subject): boolean {
  return (carrier === 'query' || carrier === 'form' || carrier === 'path' || carrier === 'cookie') && prose < TALK;
}

/** By its name, or by an address that it begins with. */
function isMailField({ leaf, text }: Subject): boolean {
  return MAIL_NAME.test(String(leaf.key)) || ADDRESS_FIRST.test(text.slice(0, 200));
}

const MAIL_NAME = /mail|^(?:to|from|cc|bcc|subject|sender|recipient|reply_?-?to|address)$|(?:_|-)(?:to|from|subject)$/i;
const ADDRESS_FIRST = /^\s*"?[^\s@]{1,64}@[\w.-]{1,100}"?>?\s*(?:[\r\n]|%0[ad])/i;
/** Headers on the first line: this is a mail that somebody shows. */
const SHOWN = /^\s*(?:>|[A-Za-z][\w-]{1,40}:\s|-{2,})/;

function header(subject: Subject, from: number, start: number): Evidence | null {
  const { text } = subject;
  HEADER.lastIndex = from;
  const name = HEADER.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return null;
  const field = isMailField(subject);
  if (SHOWN.test(text) || start > 300) return null;
  const end = from + name.length + 1;
  const technique = name === 'bcc' || name === 'cc' ? 'copy-added' : 'mail-header-added';
  const strong = name === 'bcc' || /^(?:reply|return|errors|disposition)-/.test(name);
  if (ADDRESS_FIRST.test(text) && text.length < 1_000) {
    return at(technique, strong ? CONFIDENCE.certain : CONFIDENCE.likely, start, end);
  }
  if (field && start < 150) return at(technique, CONFIDENCE.likely, start, end);
  if (!isOpen(subject))
    return strong && start < 100 && text.length < 300 ? at(technique, CONFIDENCE.likely, start, end) : null;
  const addressed = /^[ \t]*[^\s@]{1,64}@[\w-]/.test(text.slice(end, end + 80));
  return at(technique, strong || addressed ? CONFIDENCE.likely : CONFIDENCE.possible, start, end);
}

function smtp(subject: Subject, from: number, start: number): Evidence | null {
  const { text } = subject;
  SMTP.lastIndex = from;
  const found = SMTP.exec(text);
  if (found === null || SHOWN.test(text) || /^(?:220|250|EHLO|HELO) /i.test(text)) return null;
  const addressed = found[1] !== undefined;
  const field = isMailField(subject) || isOpen(subject);
  const confidence = addressed
    ? field
      ? CONFIDENCE.certain
      : CONFIDENCE.likely
    : field
      ? CONFIDENCE.likely
      : CONFIDENCE.weak;
  return at('smtp-command', confidence, start, from + found[0].length);
}

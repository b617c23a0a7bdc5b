/** Kinds of personal data that the record counts, never the data. */
export const PERSONAL_KINDS = [
  'email',
  'phone',
  'name',
  'address',
  'birthDate',
  'bankAccount',
  'card',
  'governmentId',
  'health',
  'password',
] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

/** Member names that say what their value is; in lower case without separators. */
const BY_NAME = new Map<string, PersonalKind>(
  Object.entries({
    phone: 'phone phonenumber mobile mobilephone mobilenumber telephone tel fax',
    name: 'firstname lastname surname givenname familyname fullname customername patientname middlename',
    address:
      'street streetaddress address1 address2 addressline1 addressline2 postcode postalcode zip zipcode housenumber',
    birthDate: 'dateofbirth birthdate birthday dob',
    governmentId:
      'ssn socialsecuritynumber nationalid taxid passportnumber passport driverslicense nino insurancenumber',
    health: 'diagnosis allergies medication medications bloodtype treatment symptoms medicalhistory insurer',
    password: 'password passwd passwordhash pwd pin',
  } satisfies Partial<Record<PersonalKind, string>>).flatMap(([kind, names]) =>
    names.split(' ').map((name) => [name, kind as PersonalKind] as const),
  ),
);

const LONGEST_NAME = 32;
/** What follows the "@" of an e-mail address. */
const MAIL_DOMAIN = /[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/y;
/** An international bank account number (ISO 13616): two letters, two check digits, up to 30 characters. */
const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;

export type PersonalCounts = Partial<Record<PersonalKind, number>>;

/** Adds to `counts` how many values of each kind a text holds. A rough count: it tells which routes give out what, and how much. */
export function countPersonalData(text: string, isJson: boolean, counts: PersonalCounts): void {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    if (isMailAddress(text, at)) add(counts, 'email');
  }
  if (/[A-Z]{2}\d{2}/.test(text)) {
    for (const [iban] of text.matchAll(IBAN)) if (isIban(iban)) add(counts, 'bankAccount');
  }
  if (!isJson) return;
  // From colon to colon: a regular expression over the whole text would cost as much as all other looks at an answer together.
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    const kind = kindOfMember(text, at);
    if (kind !== null) add(counts, kind);
  }
}

/** Whether an "@" stands between what may be a mailbox and a domain. */
function isMailAddress(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  // A letter, a digit, or one of . _ % + -
  if (!isNameCode(before) && before !== 46 && before !== 37 && before !== 43) return false;
  MAIL_DOMAIN.lastIndex = at + 1;
  return MAIL_DOMAIN.test(text);
}

/** What the value after a colon is by its name: of a JSON member whose value is a text that is not empty, or a number from 1 on. */
function kindOfMember(text: string, colon: number): PersonalKind | null {
  let end = colon - 1;
  while (isSpace(text.charCodeAt(end))) end--;
  if (text.charCodeAt(end) !== QUOTE) return null;
  let start = end - 1;
  while (end - start <= LONGEST_NAME && isNameCode(text.charCodeAt(start))) start--;
  if (text.charCodeAt(start) !== QUOTE) return null;
  let value = colon + 1;
  while (isSpace(text.charCodeAt(value))) value++;
  const first = text.charCodeAt(value);
  const isGiven =
    first === QUOTE ? value + 1 < text.length && text.charCodeAt(value + 1) !== QUOTE : first >= 49 && first <= 57;
  return isGiven ? kindOfName(text.slice(start + 1, end)) : null;
}

/** Names as they were met before: an application has a few hundred at most. */
const met = new Map<string, PersonalKind | null>();
const MOST_MET = 2_000;

function kindOfName(name: string): PersonalKind | null {
  const known = met.get(name);
  if (known !== undefined) return known;
  const kind = BY_NAME.get(name.toLowerCase().replace(/[_-]/g, '')) ?? null;
  if (met.size < MOST_MET) met.set(name, kind);
  return kind;
}

const QUOTE = 34;

/** A letter, a digit, "_" or "-". */
function isNameCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  );
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function add(counts: PersonalCounts, kind: PersonalKind): void {
  counts[kind] = (counts[kind] ?? 0) + 1;
}

/** ISO 7064, MOD 97-10. */
function isIban(text: string): boolean {
  const plain = text.replaceAll(' ', '');
  if (plain.length < 15 || plain.length > 34) return false;
  let rest = 0;
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

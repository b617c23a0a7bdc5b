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

/** A JSON member with a value that is not empty. */
const MEMBER = /"([A-Za-z][A-Za-z0-9_-]{1,31})"\s*:\s*(?:"[^"]|[1-9])/g;
const EMAIL = /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}/g;
/** An international bank account number (ISO 13616): two letters, two check digits, up to 30 characters. */
const IBAN = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;

export type PersonalCounts = Partial<Record<PersonalKind, number>>;

/** Adds to `counts` how many values of each kind a text holds. A rough count: it tells which routes give out what, and how much. */
export function countPersonalData(text: string, isJson: boolean, counts: PersonalCounts): void {
  if (text.includes('@')) for (const _ of text.matchAll(EMAIL)) add(counts, 'email');
  if (/[A-Z]{2}\d{2}/.test(text)) {
    for (const [iban] of text.matchAll(IBAN)) if (isIban(iban)) add(counts, 'bankAccount');
  }
  if (!isJson) return;
  MEMBER.lastIndex = 0;
  for (let match = MEMBER.exec(text); match !== null; match = MEMBER.exec(text)) {
    const kind = BY_NAME.get((match[1] ?? '').toLowerCase().replace(/[_-]/g, ''));
    if (kind !== undefined) add(counts, kind);
  }
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

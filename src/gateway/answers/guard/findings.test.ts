import { expect, it, test } from 'vitest';
import { findCardNumbers } from './card-numbers.ts';
import { findDirectoryListing } from './directory-listing.ts';
import { findErrorDetails } from './error-details.ts';
import { countPersonalData } from './personal-data.ts';
import { findSecrets } from './secrets.ts';
import { cover } from './span.ts';
import { TEXTS } from './testdata/texts.ts';

const isJson = (text: string) => /^[[{]/.test(text);

it('has all its cases', () => expect(TEXTS).toHaveLength(81));

test.each(TEXTS)('$text', ({ text, cards = [], secrets = [], error = null }) => {
  expect(findCardNumbers(text, isJson(text)).map((span) => span.kind)).toEqual(cards);
  expect(findSecrets(text).map((span) => span.kind)).toEqual(secrets);
  expect(findErrorDetails(text, true)).toBe(error);
});

test('a text about errors is let out where nothing failed', () => {
  expect(findErrorDetails('at find (/srv/app/db.js:12:9) says the blog', false)).toBeNull();
  expect(findErrorDetails('Traceback (most recent call last)', false)).toBe('stack trace (Python)');
});

test.each([
  ['<html><head><title>Index of /backup</title></head><body>\n<h1>Index of /backup</h1><hr><pre>', 'Apache, nginx'],
  ['<pre><A HREF="/">[To Parent Directory]</A><br><br> 1/2/2026', 'IIS'],
  ['<title>Directory listing for /files/</title>\n</head>\n<body>\n<h1>Directory listing for /files/</h1>', 'Python'],
  ['<html><head><title>Directory Listing For [/docs/]</title>', 'Tomcat, Jetty'],
  ['<title>listing directory /</title>', 'Node.js'],
])('%s is a list of files', (text, server) => {
  expect(findDirectoryListing(text)).toBe(`directory listing (${server})`);
});

test.each([
  '<title>Index of prices</title><h1>Index of prices</h1>',
  '<title>Index of /r/pottery</title><p>a forum',
  '{"title":"Directory of suppliers"}',
  '<title>Directory</title><h1>Our shops</h1>',
])('%s is none', (text) => expect(findDirectoryListing(text)).toBeNull());

test.each([
  ['{"card":"4111111111111111"}', '{"card":"************1111"}'],
  ['{"card":4111111111111111}', '{"card":0000000000001111}'],
  ['{"a":"4111 1111 1111 1111","b":"5555555555554444"}', '{"a":"***************1111","b":"************4444"}'],
])('%s is covered without changing its length', (text, covered) => {
  expect(cover(text, findCardNumbers(text, true), () => 4)).toBe(covered);
  expect(covered).toHaveLength(text.length);
});

test('personal values are counted by kind', () => {
  const counts = {};
  const text = JSON.stringify([
    {
      first_name: 'Ana',
      lastName: 'Lima',
      email: 'ana@shop.example',
      phone: '+351 210 000 000',
      street: 'Rua 1',
      dob: '1990-01-01',
    },
    {
      first_name: '',
      email: null,
      iban: 'DE89 3704 0044 0532 0130 00',
      allergies: 'nuts',
      note: 'write to bo@x.example',
    },
  ]);
  countPersonalData(text, true, counts);
  expect(counts).toEqual({ email: 2, name: 2, phone: 1, address: 1, birthDate: 1, bankAccount: 1, health: 1 });
});

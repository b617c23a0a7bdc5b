/** A name that a program gave to a member: not a number, an id, an address or another value that stands in the place of a name. */
export function isMemberName(name: string): boolean {
  return NAME.test(name) && !LIKE_A_VALUE.test(name) && !RESERVED.has(name);
}

/** Texts in a member of this name are about somebody or secret, or free: never kept, however few they are. */
export function isPrivateName(name: string): boolean {
  return PRIVATE.test(name.replaceAll(/[^A-Za-z]/g, ''));
}

const NAME = /^[A-Za-z_$@][A-Za-z0-9_$.:[\]-]{0,47}$/;
/** Long runs of digits, hexadecimal ids, and capitals mixed with digits as keys and codes have them. */
const LIKE_A_VALUE = /\d{4}|[0-9a-f]{8}-?[0-9a-f]{4}|(?=.*\d.*\d.*\d)(?=.*[A-Z].*[A-Z].*[A-Z])/;
const RESERVED = new Set(['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty']);
const PRIVATE =
  /name|mail|phone|mobile|tel$|fax|street|address|city|town|zip|postc|birth|gender|^sex|religio|nation|ethnic|health|diagnos|allerg|medic|blood|insur|note|comment|message|text|title|descr|password|passwd|secret|token|^pin$|key|hash|card|iban|account|user|customer|person|owner|author|assignee|contact|employee|patient|member|login|host|path|url|query|^q$|search/i;

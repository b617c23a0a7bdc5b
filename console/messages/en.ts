import { ATTACK_WORDS } from '../../src/contracts/detection/attack-words.ts';
import account from './en/account.json';
import activity from './en/activity.json';
import addresses from './en/addresses.json';
import audit from './en/audit.json';
import callers from './en/callers.json';
import configuration from './en/configuration.json';
import denials from './en/denials.json';
import frontDoor from './en/frontDoor.json';
import glossary from './en/glossary.json';
import hooks from './en/hooks.json';
import https from './en/https.json';
import keys from './en/keys.json';
import learnt from './en/learnt.json';
import lock from './en/lock.json';
import more from './en/more.json';
import oneApi from './en/oneApi.json';
import problems from './en/problems.json';
import protection from './en/protection.json';
import rule from './en/rule.json';
import rules from './en/rules.json';
import secret from './en/secret.json';
import settings from './en/settings.json';
import setup from './en/setup.json';
import shell from './en/shell.json';
import suppliers from './en/suppliers.json';
import text from './en/text.json';
import words from './en/words.json';

export const en = {
  account,
  activity,
  addresses,
  attacks: ATTACK_WORDS,
  audit,
  callers,
  configuration,
  denials,
  frontDoor,
  glossary,
  hooks,
  https,
  keys,
  learnt,
  lock,
  more,
  oneApi,
  problems,
  protection,
  rule,
  rules,
  secret,
  settings,
  setup,
  shell,
  suppliers,
  text,
  words,
};

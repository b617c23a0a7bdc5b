import account from './en/account.json';
import activity from './en/activity.json';
import audit from './en/audit.json';
import configuration from './en/configuration.json';
import denials from './en/denials.json';
import frontDoor from './en/frontDoor.json';
import glossary from './en/glossary.json';
import keys from './en/keys.json';
import learnt from './en/learnt.json';
import lock from './en/lock.json';
import more from './en/more.json';
import problems from './en/problems.json';
import rules from './en/rules.json';
import setup from './en/setup.json';
import shell from './en/shell.json';
import words from './en/words.json';

export const en = {
  account,
  activity,
  audit,
  configuration,
  denials,
  frontDoor,
  glossary,
  keys,
  learnt,
  lock,
  more,
  problems,
  rules,
  setup,
  shell,
  words,
};

import { useTranslation } from 'react-i18next';
import type { Route } from '../../../src/contracts/api/front-door.ts';
import { StateMark } from '../../parts/StateMark.tsx';
import { limitInWords } from '../../words/limit.ts';
import { scopesInWords } from '../../words/scope.ts';
import classes from './RuleInWords.module.css';

/** A rule as one reads it: who may call, with which permission, how often; and whether it stops or only watches. */
export function RuleInWords({ rule }: { rule: Route }) {
  const { t, i18n } = useTranslation();
  const scopes = scopesInWords(t, rule.scopes, i18n.language);
  return (
    <ul className={classes.words}>
      <li>
        {rule.auth === 'none'
          ? t('rules.words.anyone')
          : rule.scopes.length === 0
            ? t('rules.words.anyKey')
            : t('rules.words.key', { scopes })}
      </li>
      {rule.rateLimits.map((limit) => (
        <li key={`${limit.key} ${limit.quota} ${limit.window}`}>{limitInWords(t, limit)}</li>
      ))}
    </ul>
  );
}

RuleInWords.Title = function Title({ rule }: { rule: Route }) {
  const { t } = useTranslation();
  const methods = rule.methods.length === 0 ? t('rules.words.everyMethod') : rule.methods.join(', ');
  const named = rule.title !== '' && rule.title !== `${rule.methods.join(', ')} ${rule.path}`;
  return (
    <>
      {named && <span>{rule.title}</span>}
      <code className={named ? classes.address : undefined}>
        {methods} {rule.path}
      </code>
      {rule.mode === 'monitor' && <StateMark tone="watch">{t('rules.mode.monitor')}</StateMark>}
      {rule.mode === 'off' && <StateMark tone="stop">{t('rules.mode.off')}</StateMark>}
      {rule.mode === 'enforce' && <StateMark tone="safe">{t('rules.mode.enforce')}</StateMark>}
    </>
  );
};

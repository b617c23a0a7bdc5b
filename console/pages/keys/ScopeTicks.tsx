import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ScopeInUse } from '../../../src/contracts/api/front-door.ts';
import { readScope, scopeInWords } from '../../words/scope.ts';
import classes from './ScopeTicks.module.css';

type Props = { inUse: ScopeInUse[]; chosen: string[]; onChange: (scopes: string[]) => void };

/** Tick-boxes made of what the rules ask for: a group for each thing, "see" before "change", and what each one opens. */
export function ScopeTicks({ inUse, chosen, onChange }: Props) {
  const { t } = useTranslation();
  if (inUse.length === 0) return <p className="soft">{t('keys.noScopes')}</p>;
  const groups = Map.groupBy(
    inUse.toSorted((a, b) => a.scope.localeCompare(b.scope)),
    ({ scope }) => readScope(scope).thing,
  );
  return (
    <Checkbox.Group
      value={chosen}
      onChange={onChange}
      description={t('keys.scopesHint')}
      aria-label={t('keys.newWhat')}
    >
      <div className={classes.groups}>
        {[...groups].map(([thing, scopes]) => (
          <div key={thing} className="stack-tight">
            {scopes.map(({ scope, routes }) => (
              <Checkbox
                key={scope}
                value={scope}
                label={<span className={classes.label}>{scopeInWords(t, scope)}</span>}
                description={t('keys.opens', { count: routes.length, routes: routes.join(', ') })}
              />
            ))}
          </div>
        ))}
      </div>
    </Checkbox.Group>
  );
}

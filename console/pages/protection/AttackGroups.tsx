import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AttackGroup, Protection } from '../../../src/contracts/api/protections.ts';
import type { AttackKind } from '../../../src/contracts/detection/attack-kinds.ts';
import { excludableField } from '../../../src/contracts/detection/places.ts';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { EXCLUDED_DAYS, useExclusions } from '../../shell/use-exclusions.ts';
import { attackTitle, fieldInWords } from '../../words/attack.ts';
import classes from './Protection.module.css';

const SHOWN = 5;

/** What the filter found in which field, the most frequent first: an example of each, and a way to say that it is none. */
export function AttackGroups({ part }: { part: Protection }) {
  const { t } = useTranslation();
  if (part.attacks.length === 0) return null;
  const line = (group: AttackGroup) => (
    <li key={`${group.kind} ${group.field} ${group.service} ${group.route}`}>
      <Group group={group} />
    </li>
  );
  const rest = part.attacks.slice(SHOWN);
  return (
    <>
      <ul className={classes.attacks}>{part.attacks.slice(0, SHOWN).map(line)}</ul>
      {rest.length > 0 && (
        <details className={classes.more}>
          <summary>{t('protection.more', { count: rest.length })}</summary>
          <ul className={classes.attacks}>{rest.map(line)}</ul>
        </details>
      )}
    </>
  );
}

function Group({ group }: { group: AttackGroup }) {
  const { t, i18n } = useTranslation();
  const { add } = useExclusions();
  const { kind, field, service, route, calls, honest, latest } = group;
  const title = attackTitle(i18n, kind);
  const where = fieldInWords(t, field);
  const what = t('protection.attack.what', { title, where, route, api: service });
  return (
    <div className="stack-tight">
      <p>
        <strong>{title}</strong> {t('protection.attack.in', { where, route, api: service })}
      </p>
      <p className="soft">
        {t('protection.attack.calls', { count: calls })} {honest > 0 && t('protection.honest', { count: honest })}
      </p>
      <div className="row">
        <Link to="/activity/calls/$reference" params={{ reference: latest }}>
          {t('protection.attack.example')}
        </Link>
        <Button
          variant="default"
          loading={add.isPending}
          aria-label={t('protection.attack.excludeOf', { what })}
          onClick={() =>
            add.mutate({
              ...{ detector: kind as AttackKind, service, route, field: excludableField(field) },
              days: EXCLUDED_DAYS,
            })
          }
        >
          {t('protection.attack.exclude')}
        </Button>
      </div>
      <ProblemNotice error={add.error} />
    </div>
  );
}

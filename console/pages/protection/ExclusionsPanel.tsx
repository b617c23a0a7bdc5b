import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Exclusion } from '../../../src/contracts/api/attacks.ts';
import { exclusionsQuery } from '../../api/attacks.ts';
import { LineList } from '../../parts/LineList.tsx';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useExclusions } from '../../shell/use-exclusions.ts';
import { attackTitle, fieldInWords } from '../../words/attack.ts';
import { lengthOfTime } from '../../words/finding.ts';

/** What the attack filter lets by because somebody said that it is none: each can be ended now. */
export function ExclusionsPanel() {
  const { t, i18n } = useTranslation();
  const exclusions = useQuery(exclusionsQuery);
  const { end } = useExclusions();
  const words = ({ detector, field, route, service }: Exclusion) => {
    const title = detector === 'any' ? t('protection.exclusions.any') : attackTitle(i18n, detector);
    const where = fieldInWords(t, field);
    if (route === undefined || service === undefined) return t('protection.exclusions.anywhere', { title, where });
    return t('protection.attack.what', { title, where, route, api: service });
  };
  if (exclusions.data === undefined || exclusions.data.length === 0) return null;
  return (
    <Panel title={t('protection.exclusions.title')}>
      <p className="soft">{t('protection.exclusions.text')}</p>
      <ProblemNotice error={end.error} />
      <LineList>
        {exclusions.data.map((one) => {
          const what = words(one);
          const length = lengthOfTime(t, Date.parse(one.expires) - Date.now());
          return (
            <LineList.Line
              key={one.id}
              main={what}
              under={
                <>
                  {t('protection.exceptions.ends', { length })}
                  {one.reason !== undefined && <> · {t('protection.exceptions.reason', { reason: one.reason })}</>}
                </>
              }
              deed={
                <Button
                  variant="default"
                  loading={end.isPending && end.variables[0]?.id === one.id}
                  onClick={() => end.mutate([one])}
                  aria-label={t('protection.exceptions.endNowOf', { what })}
                >
                  {t('protection.exceptions.endNow')}
                </Button>
              }
            />
          );
        })}
      </LineList>
    </Panel>
  );
}

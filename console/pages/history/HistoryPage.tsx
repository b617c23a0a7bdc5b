import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditEntry, AuditVerdict } from '../../../src/contracts/api/account.ts';
import { auditQuery, auditVerdictQuery } from '../../api/account.ts';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { Moment } from '../../parts/Moment.tsx';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Skeleton } from '../../parts/Skeleton.tsx';
import { actionInWords } from '../../words/audit.ts';

/** Who did what here, and the proof that nobody changed it afterwards. */
export function HistoryPage() {
  const { t } = useTranslation();
  const history = useInfiniteQuery(auditQuery);
  const verdict = useQuery(auditVerdictQuery);
  const entries = history.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="stack-wide">
      <PageHead title={t('audit.title')} back={{ to: '/more', label: t('more.title') }}>
        <p className="soft">{t('audit.text')}</p>
      </PageHead>
      <Loaded query={verdict} rows={1} height={80}>
        {(found) => <Verdict found={found} />}
      </Loaded>
      <Panel title={t('audit.entries')}>
        {history.isPending && <Skeleton rows={8} height={56} />}
        <ProblemNotice error={history.error} />
        <LineList>
          {entries.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </LineList>
        {history.hasNextPage && (
          <div>
            <Button variant="default" loading={history.isFetchingNextPage} onClick={() => history.fetchNextPage()}>
              {t('audit.older')}
            </Button>
          </div>
        )}
      </Panel>
    </div>
  );
}

function Verdict({ found }: { found: AuditVerdict }) {
  const { t } = useTranslation();
  if (found.intact) {
    return (
      <Notice tone="safe" title={t('audit.intact')}>
        <p>{t('audit.intactText', { count: found.entries })}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="stop" title={t('audit.broken')}>
      <p>{t('audit.brokenText', { number: found.firstBroken })}</p>
    </Notice>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const { i18n } = useTranslation();
  const detail = Object.entries(entry.detail)
    .filter(([, value]) => typeof value === 'string' || typeof value === 'number')
    .map(([name, value]) => `${name}: ${value}`)
    .join(' · ');
  return (
    <LineList.Line
      main={`${entry.actor.charAt(0).toLocaleUpperCase(i18n.language)}${entry.actor.slice(1)} ${actionInWords(i18n, entry.action)}`}
      under={
        <>
          <Moment at={entry.at} /> · <code>{[entry.subject, detail].filter((part) => part !== '').join(' · ')}</code>
        </>
      }
    />
  );
}

import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { daySummaryQuery } from '../../api/activity.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { ReferenceField } from '../../parts/ReferenceField.tsx';
import { Term } from '../../parts/Term.tsx';
import classes from './ActivityPage.module.css';
import { CallsPanel } from './CallsPanel.tsx';
import { DayPicture } from './DayPicture.tsx';
import { CallersTable, SlowestTable } from './DayTables.tsx';
import { Reasons } from './Reasons.tsx';

export function ActivityPage() {
  const { t } = useTranslation();
  const { direction = 'inbound' } = useSearch({ from: '/inside/activity' });
  const day = useQuery(daySummaryQuery(direction));
  return (
    <div className="stack-wide">
      <PageHead title={t('activity.title')} />
      <Panel title={t(direction === 'outbound' ? 'activity.day.titleOut' : 'activity.day.title')}>
        <Loaded query={day} rows={1} height={250}>
          {(summary) => (
            <>
              {summary.missing > 0 && (
                <Notice tone="watch">
                  <p>{t('activity.day.missing', { count: summary.missing })}</p>
                </Notice>
              )}
              <DayPicture summary={summary} direction={direction} />
            </>
          )}
        </Loaded>
      </Panel>
      <div className={classes.columns}>
        <div className="stack-wide">
          <CallsPanel />
        </div>
        <div className="stack-wide">
          <Panel title={<Term id="reference">{t('activity.find.title')}</Term>}>
            <p>{t('activity.find.text')}</p>
            <ReferenceField />
          </Panel>
          <Panel title={t('activity.reasons.title')}>
            <Loaded query={day} rows={3} height={32}>
              {(summary) => <Reasons reasons={summary.reasons} total={summary.total} />}
            </Loaded>
          </Panel>
          <Panel title={t('activity.callers.title')}>
            <Loaded query={day} rows={3} height={32}>
              {(summary) => <CallersTable callers={summary.topCallers} addresses={summary.topAddresses} />}
            </Loaded>
          </Panel>
          <Panel title={t('activity.slowest.title')}>
            <Loaded query={day} rows={3} height={32}>
              {(summary) => <SlowestTable slowest={summary.slowest} />}
            </Loaded>
          </Panel>
        </div>
      </div>
    </div>
  );
}

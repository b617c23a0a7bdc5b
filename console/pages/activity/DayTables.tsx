import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ActivitySummary } from '../../../src/contracts/api/activity.ts';
import { FigureTable } from '../../parts/FigureTable.tsx';
import { lengthInWords } from '../../words/moment.ts';

type Callers = { callers: ActivitySummary['topCallers']; addresses: ActivitySummary['topAddresses'] };

export function CallersTable({ callers, addresses }: Callers) {
  const { t } = useTranslation();
  if (callers.length === 0) return <p className="soft">{t('activity.callers.empty')}</p>;
  const figures = [t('activity.callers.calls'), t('words.outcome.turned-away')];
  return (
    <>
      <FigureTable
        caption={t('activity.callers.title')}
        columns={[t('activity.callers.holder'), ...figures]}
        rows={callers.map(({ consumer, count, turnedAway }) => ({
          id: consumer ?? '',
          cells: [
            consumer === null ? (
              t('activity.callers.nobody')
            ) : (
              <Link key="who" to="/activity" search={{ consumer }}>
                {consumer}
              </Link>
            ),
            count,
            turnedAway,
          ],
        }))}
      />
      <FigureTable
        caption={t('activity.callers.addresses')}
        columns={[t('activity.callers.address'), ...figures]}
        rows={addresses.map(({ address, count, turnedAway }) => ({
          id: address,
          cells: [
            <Link key="who" to="/activity" search={{ caller: address }}>
              {address}
            </Link>,
            count,
            turnedAway,
          ],
        }))}
      />
    </>
  );
}

export function SlowestTable({ slowest }: { slowest: ActivitySummary['slowest'] }) {
  const { t, i18n } = useTranslation();
  if (slowest.length === 0) return <p className="soft">{t('activity.slowest.empty')}</p>;
  return (
    <FigureTable
      caption={t('activity.slowest.title')}
      columns={[t('activity.slowest.rule'), t('activity.slowest.mean'), t('activity.slowest.most')]}
      rows={slowest.map(({ route, meanMs, maxMs }) => ({
        id: route,
        cells: [
          <Link key="route" to="/activity" search={{ route }}>
            {route}
          </Link>,
          lengthInWords(t, i18n.language, meanMs),
          lengthInWords(t, i18n.language, maxMs),
        ],
      }))}
    />
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { settingsQuery } from '../../api/settings.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { TextLink } from '../../parts/TextLink.tsx';
import type { Supplier } from './supplier-answers.ts';

/** The back door: whom the business's own programs may call. */
export function SuppliersPage() {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery<{ outbound?: Supplier[] }>({ of: 'gateway' }));
  const add = (
    <Button renderRoot={(props) => <Link to="/front-door/suppliers/new" {...props} />}>{t('suppliers.add')}</Button>
  );
  return (
    <div className="stack-wide">
      <PageHead title={t('suppliers.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">{t('suppliers.text')}</p>
      </PageHead>
      <Panel title={<Term id="supplier">{t('suppliers.list')}</Term>}>
        <Loaded query={settings} rows={3} height={64}>
          {({ outbound = [] }) =>
            outbound.length === 0 ? (
              <EmptyState text={t('suppliers.empty')} action={add} />
            ) : (
              <>
                <LineList>
                  {outbound.map(({ name, host, consumers = [], limits }) => (
                    <LineList.Line
                      key={name}
                      main={
                        <Link to="/front-door/suppliers/of/$supplier" params={{ supplier: name }}>
                          {name}
                        </Link>
                      }
                      under={
                        <>
                          <code>{host}</code> ·{' '}
                          {consumers.length === 0
                            ? t('suppliers.everybody')
                            : t('suppliers.for', { who: consumers.join(', ') })}
                          {limits?.perDay !== undefined && ` · ${t('suppliers.perDayShort', { count: limits.perDay })}`}
                        </>
                      }
                    />
                  ))}
                </LineList>
                <div>{add}</div>
              </>
            )
          }
        </Loaded>
      </Panel>
      <p>
        <Link to="/activity" search={{ direction: 'outbound' }}>
          {t('suppliers.calls')}
        </Link>
      </p>
      <TextLink search={{ of: 'gateway', part: 'outbound' }} />
    </div>
  );
}

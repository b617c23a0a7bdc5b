import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { consumersQuery } from '../../api/consumers.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';

/** Who holds keys, and what else is known of each. */
export function CallersPage() {
  const { t } = useTranslation();
  const callers = useQuery(consumersQuery);
  return (
    <div className="stack-wide">
      <PageHead title={t('callers.title')} back={{ to: '/front-door', label: t('frontDoor.title') }}>
        <p className="soft">{t('callers.text')}</p>
      </PageHead>
      <Panel title={t('callers.list')}>
        <Loaded query={callers} rows={3} height={64}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState text={t('callers.empty')} action={<Link to="/front-door/keys/new">{t('keys.make')}</Link>} />
            ) : (
              <LineList>
                {list.map(({ name, keyCount, attributes }) => (
                  <LineList.Line
                    key={name}
                    main={
                      <Link to="/front-door/callers/$caller" params={{ caller: name }}>
                        {name}
                      </Link>
                    }
                    under={[
                      t('callers.keys', { count: keyCount }),
                      ...Object.entries(attributes).map(([key, value]) => `${key}: ${value}`),
                    ].join(' · ')}
                  />
                ))}
              </LineList>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

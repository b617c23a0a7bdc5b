import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { servicesQuery } from '../../api/front-door.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';

export function ServicesPanel() {
  const { t } = useTranslation();
  const services = useQuery(servicesQuery);
  const connect = (
    <Button renderRoot={(props) => <Link to="/front-door/connect" {...props} />}>{t('frontDoor.connect')}</Button>
  );
  return (
    <Panel
      title={
        <>
          {t('frontDoor.services.title')} <Term id="api">{t('frontDoor.services.term')}</Term>
        </>
      }
    >
      <Loaded query={services} rows={2} height={76}>
        {(list) =>
          list.length === 0 ? (
            <EmptyState text={t('frontDoor.services.empty')} action={connect} />
          ) : (
            <>
              <LineList>
                {list.map((service) => (
                  <LineList.Line
                    key={service.id}
                    main={
                      <Link to="/front-door/apis/$serviceId" params={{ serviceId: service.id }}>
                        {service.title === '' ? service.name : service.title}
                      </Link>
                    }
                    under={t('frontDoor.services.line', { where: service.upstream, count: service.routeCount })}
                  />
                ))}
              </LineList>
              <div>{connect}</div>
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { routesQuery, servicesQuery } from '../../api/front-door.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { LearntPanel } from './LearntPanel.tsx';
import { PersonalDataPanel } from './PersonalDataPanel.tsx';
import { RulesPanel } from './RulesPanel.tsx';
import { ServiceMore } from './ServiceMore.tsx';
import { ServiceSettings } from './ServiceSettings.tsx';

export function ServicePage() {
  const { t } = useTranslation();
  const { serviceId } = useParams({ strict: false });
  const services = useQuery(servicesQuery);
  const routes = useQuery(routesQuery(serviceId ?? ''));
  const back = { to: '/front-door', label: t('frontDoor.title') } as const;
  return (
    <Loaded query={services} rows={2} height={120}>
      {(list) => {
        const service = list.find((one) => one.id === serviceId);
        if (service === undefined) {
          return (
            <div className="stack">
              <PageHead title={t('frontDoor.title')} back={back} />
              <Notice tone="watch">
                <p>{t('frontDoor.service.unknown')}</p>
              </Notice>
            </div>
          );
        }
        return (
          <div className="stack-wide">
            <PageHead title={service.title === '' ? service.name : service.title} back={back}>
              <p className="soft">
                {t('frontDoor.service.passedOn')} <code>{service.upstream}</code>
              </p>
            </PageHead>
            <Loaded query={routes} rows={4} height={92}>
              {(rules) => <RulesPanel service={service} rules={rules} />}
            </Loaded>
            <ServiceMore service={service} />
            <LearntPanel service={service} />
            <PersonalDataPanel service={service} />
            <ServiceSettings service={service} />
          </div>
        );
      }}
    </Loaded>
  );
}

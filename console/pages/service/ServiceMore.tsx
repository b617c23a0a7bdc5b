import { useQuery } from '@tanstack/react-query';
import type { Service } from '../../../src/contracts/api/front-door.ts';
import { settingsQuery } from '../../api/settings.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { TextLink } from '../../parts/TextLink.tsx';
import { DescriptionPanel } from './DescriptionPanel.tsx';
import type { ServiceMoreSettings } from './service-more.ts';
import { UpstreamsPanel } from './UpstreamsPanel.tsx';

/** What else is set for an API; each part is saved by itself. */
export function ServiceMore({ service }: { service: Service }) {
  const { id, upstream } = service;
  const settings = useQuery(settingsQuery<ServiceMoreSettings>({ of: 'service', id }));
  return (
    <>
      <Loaded query={settings} rows={2} height={160}>
        {(all) => (
          <>
            <DescriptionPanel
              key={`openapi ${JSON.stringify(all.openapi) ?? ''}`}
              serviceId={id}
              openapi={all.openapi}
            />
            <UpstreamsPanel
              key={JSON.stringify([upstream, all.upstream, all.health, all.timeouts])}
              serviceId={id}
              first={upstream}
              settings={all}
            />
          </>
        )}
      </Loaded>
      <TextLink search={{ of: 'service', id, part: 'openapi' }} />
    </>
  );
}

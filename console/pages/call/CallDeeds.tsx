import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ActivityDetail } from '../../../src/contracts/api/activity.ts';
import { servicesQuery } from '../../api/front-door.ts';
import { type Deed, deedFor } from './deed-for.ts';
import { LetThrough } from './LetThrough.tsx';

/** The one thing that can be done about it here, and a look at all of its kind. */
export function CallDeeds({ call }: { call: ActivityDetail }) {
  const { t } = useTranslation();
  const services = useQuery(servicesQuery);
  if (call.code === null) return null;
  const deed = deedFor(call.code);
  const serviceId = services.data?.find((one) => one.name === call.service)?.id;
  return (
    <div className="row not-printed">
      {deed !== null && (
        <Button variant="default" renderRoot={(props) => <DeedLink deed={deed} serviceId={serviceId} {...props} />}>
          {t(`activity.call.deeds.${deed}`)}
        </Button>
      )}
      <LetThrough call={call} />
      <Link to="/activity" search={{ code: call.code }}>
        {t('activity.call.deeds.similar')}
      </Link>
    </div>
  );
}

function DeedLink({ deed, serviceId, ...props }: { deed: Deed; serviceId: string | undefined }) {
  if (deed === 'makeKey') return <Link to="/front-door/keys/new" {...props} />;
  if (deed === 'keys') return <Link to="/front-door/keys" {...props} />;
  if (deed === 'lock') return <Link to="/wrong" hash="lock" {...props} />;
  if ((deed === 'rules' || deed === 'apis') && serviceId !== undefined) {
    return <Link to="/front-door/apis/$serviceId" params={{ serviceId }} {...props} />;
  }
  return <Link to="/front-door" {...props} />;
}

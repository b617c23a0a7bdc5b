import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../../src/contracts/api/front-door.ts';
import { misfitsQuery } from '../../api/learnt.ts';
import { LineList } from '../../parts/LineList.tsx';
import { Loaded } from '../../parts/Loaded.tsx';

/** What would have been turned away, had the description been in force. */
export function MisfitList({ service }: { service: Service }) {
  const { t } = useTranslation();
  const misfits = useQuery(misfitsQuery(service.name));
  return (
    <div className="stack-tight">
      <h3>{t('learnt.misfits.title')}</h3>
      <Loaded query={misfits} rows={1} height={40}>
        {(items) =>
          items.length === 0 ? (
            <p>{t('learnt.misfits.none')}</p>
          ) : (
            <LineList>
              {items.map(({ route, count, details }) => (
                <LineList.Line
                  key={route}
                  main={<code>{route}</code>}
                  under={
                    <>
                      <p>{t('learnt.misfits.line', { count })}</p>
                      <p>{details.join('; ')}</p>
                    </>
                  }
                />
              ))}
            </LineList>
          )
        }
      </Loaded>
    </div>
  );
}

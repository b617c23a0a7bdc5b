import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Service } from '../../../src/contracts/api/front-door.ts';
import { PERSONAL_DATA_DAYS, personalDataQuery } from '../../api/learnt.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Panel } from '../../parts/Panel.tsx';

/** Which rules give out personal data, and of which kinds. */
export function PersonalDataPanel({ service }: { service: Service }) {
  const { t, i18n } = useTranslation();
  const personal = useQuery(personalDataQuery);
  const kindInWords = (kind: string) =>
    t(i18n.exists(`learnt.personal.kind.${kind}`) ? `learnt.personal.kind.${kind}` : 'learnt.personal.kind.other');
  const listed = new Intl.ListFormat(i18n.language);
  return (
    <Panel title={t('learnt.personal.title')}>
      <Loaded query={personal} rows={1} height={48}>
        {(all) => {
          const own = all.filter((one) => one.service === service.name);
          if (own.length === 0) return <p className="soft">{t('learnt.personal.empty')}</p>;
          return (
            <>
              <p className="soft">{t('learnt.personal.text', { count: PERSONAL_DATA_DAYS })}</p>
              <ul>
                {own.map(({ route, kinds }) => (
                  <li key={route}>
                    {t('learnt.personal.line', {
                      rule: route,
                      kinds: listed.format(new Set(kinds.map(({ kind }) => kindInWords(kind)))),
                    })}
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

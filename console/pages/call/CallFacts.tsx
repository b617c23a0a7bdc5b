import { useTranslation } from 'react-i18next';
import type { ActivityDetail } from '../../../src/contracts/api/activity.ts';
import { DENIALS } from '../../../src/contracts/errors/denials.ts';
import { isDenialCode } from '../../words/denial.ts';
import { lengthInWords } from '../../words/moment.ts';
import classes from './CallFacts.module.css';

/** The same call in the field's exact terms. */
export function CallFacts({ call, developer }: { call: ActivityDetail; developer: string | null }) {
  const { t, i18n } = useTranslation();
  const length = (ms: number | null) =>
    ms === null ? t('activity.call.facts.none') : lengthInWords(t, i18n.language, ms);
  const none = t('activity.call.facts.none');
  const facts: [string, string][] = [
    ['time', call.time],
    ['reference', call.id],
    ['request', `${call.method} ${call.path}`],
    ['status', String(call.status)],
    ['code', call.code ?? none],
    ['consumer', call.consumer ?? none],
    ['key', call.key ?? none],
    ['address', call.address],
    ['route', call.route ?? none],
    ['duration', `${length(call.durationMs)} / ${length(call.upstreamMs)}`],
    ['bytes', `${call.bytesIn} / ${call.bytesOut}`],
    ['gateway', `${call.gateway} / ${call.revision}`],
  ];
  if (call.code !== null && isDenialCode(call.code)) facts.push(['callerGot', DENIALS[call.code].detail]);
  return (
    <details className={classes.facts}>
      <summary>{t('activity.call.details')}</summary>
      {developer !== null && <p>{developer}</p>}
      <dl className={classes.list}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`activity.call.facts.${name}`)}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      {call.decisions.length > 0 && (
        <table className={classes.decisions}>
          <caption>{t('activity.call.decisions')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('activity.call.policy')}</th>
              <th scope="col">{t('activity.call.decision')}</th>
              <th scope="col">{t('activity.call.why')}</th>
            </tr>
          </thead>
          <tbody>
            {call.decisions.map(({ policy, decision, code, detail }) => (
              <tr key={policy}>
                <th scope="row">
                  <code>{policy}</code>
                </th>
                <td>
                  <code>{decision}</code>
                </td>
                <td>
                  <code>{[code, detail].filter((part) => part !== undefined).join(': ')}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}

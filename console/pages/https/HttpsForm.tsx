import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { HttpsFields } from './HttpsFields.tsx';
import { answersOf, type Server, WAYS, withAnswers } from './https-answers.ts';

export function HttpsForm({ server }: { server: Server }) {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState(() => answersOf(server));
  const save = useSettingsChange({ of: 'gateway' });
  const unchanged = JSON.stringify(answers) === JSON.stringify(answersOf(server));
  return (
    <form
      className="stack-wide"
      onSubmit={(event) => {
        event.preventDefault();
        const done = t(`https.done.${answers.way}`);
        save.mutate({ patch: { server: withAnswers(server, answers) }, done, undo: { server } });
      }}
    >
      <Panel title={t('https.which')}>
        <Radio.Group
          aria-label={t('https.which')}
          value={answers.way}
          onChange={(way) => setAnswers({ ...answers, way: WAYS.find((one) => one === way) ?? 'off' })}
        >
          <div className="stack-tight">
            {WAYS.map((way) => (
              <Radio key={way} value={way} label={t(`https.way.${way}`)} description={t(`https.hint.${way}`)} />
            ))}
          </div>
        </Radio.Group>
      </Panel>
      <HttpsFields answers={answers} error={save.error} onChange={(some) => setAnswers({ ...answers, ...some })} />
      <ProblemNotice error={save.error} />
      <div>
        <Button type="submit" loading={save.isPending} disabled={unchanged}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}

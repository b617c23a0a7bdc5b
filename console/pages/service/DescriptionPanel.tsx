import { Button, FileButton, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice, ProblemNotice } from '../../parts/Notice.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { Term } from '../../parts/Term.tsx';
import { useSettingsChange } from '../../shell/use-settings.ts';
import { LinedFaults } from '../../yaml/LinedFaults.tsx';
import { type LinedFault, linedFaults } from '../../yaml/lined-faults.ts';
import { readText, toText } from '../../yaml/part-text.ts';
import { operationsOf, type ServiceMoreSettings } from './service-more.ts';

const MODES = ['monitor', 'enforce'] as const;

/** An API description, pasted or out of a file: what calls must look like, and which there are. */
export function DescriptionPanel({
  serviceId,
  openapi,
}: {
  serviceId: string;
  openapi: ServiceMoreSettings['openapi'];
}) {
  const { t } = useTranslation();
  const [before] = useState(() => toText(openapi?.inline));
  const [text, setText] = useState(before);
  const [mode, setMode] = useState<string>(openapi?.mode ?? 'monitor');
  const [slips, setSlips] = useState<LinedFault[]>([]);
  const save = useSettingsChange({ of: 'service', id: serviceId });
  const operations = operationsOf(openapi?.inline);
  const write = (next: string) => {
    setText(next);
    setSlips([]);
    save.reset();
  };
  const send = () => {
    const read = readText(text);
    setSlips('faults' in read ? read.faults : []);
    if ('faults' in read) return;
    const { inline: _, file: __, ...others } = openapi ?? {};
    const next = read.value === null ? null : { ...others, inline: read.value, mode };
    save.mutate({ patch: { openapi: next }, done: t('oneApi.description.saved'), undo: { openapi: openapi ?? null } });
  };
  const faults = slips.length > 0 ? slips : linedFaults(save.error, text, 'openapi.inline');
  return (
    <Panel title={<Term id="description">{t('oneApi.description.title')}</Term>}>
      <p className="soft">{t('oneApi.description.text')}</p>
      {openapi?.file !== undefined && (
        <Notice tone="plain">
          <p>{t('oneApi.description.inFile', { file: openapi.file })}</p>
        </Notice>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div>
          <FileButton accept=".yaml,.yml,.json,application/json" onChange={(file) => void file?.text().then(write)}>
            {(props) => (
              <Button variant="default" {...props}>
                {t('oneApi.description.upload')}
              </Button>
            )}
          </FileButton>
        </div>
        <Textarea
          label={t('oneApi.description.paste')}
          description={t('oneApi.description.pasteHint')}
          value={text}
          onChange={(event) => write(event.currentTarget.value)}
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          autoComplete="off"
        />
        <Radio.Group label={t('oneApi.description.mode')} value={mode} onChange={setMode}>
          <div className="stack-tight">
            {MODES.map((value) => (
              <Radio key={value} value={value} label={t(`oneApi.description.modes.${value}`)} />
            ))}
          </div>
        </Radio.Group>
        {faults.length > 0 ? <LinedFaults faults={faults} /> : <ProblemNotice error={save.error} />}
        <div>
          <Button
            type="submit"
            variant="default"
            loading={save.isPending}
            disabled={text === before && mode === (openapi?.mode ?? 'monitor')}
            aria-label={t('oneApi.description.save')}
          >
            {t('settings.save')}
          </Button>
        </div>
      </form>
      {operations.length > 0 && (
        <details>
          <summary>{t('oneApi.description.brings', { count: operations.length })}</summary>
          <ul className="stack-tight">
            {operations.map((one) => (
              <li key={one}>
                <code>{one}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

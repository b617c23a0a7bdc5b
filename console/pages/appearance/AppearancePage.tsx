import { NativeSelect, Radio, useMantineColorScheme } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { Panel } from '../../parts/Panel.tsx';
import { speak } from '../../words/i18n.ts';
import { languageNames } from '../../words/languages.ts';

const LOOKS = ['auto', 'light', 'dark'] as const;

export function AppearancePage() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const change = useMutation({ mutationFn: speak });
  return (
    <div className="stack-wide">
      <PageHead title={t('more.appearance.title')} back={{ to: '/more', label: t('more.title') }} />
      <Panel title={t('more.appearance.look')}>
        <Radio.Group
          aria-label={t('more.appearance.look')}
          value={colorScheme}
          onChange={(look) => setColorScheme(LOOKS.find((one) => one === look) ?? 'auto')}
        >
          <div className="stack-tight">
            {LOOKS.map((look) => (
              <Radio key={look} value={look} label={t(`more.appearance.${look}`)} />
            ))}
          </div>
        </Radio.Group>
      </Panel>
      <Panel title={t('more.appearance.language')}>
        <NativeSelect
          aria-label={t('more.appearance.language')}
          description={t('more.appearance.languageHint')}
          value={i18n.language}
          onChange={(event) => {
            const chosen = languageNames.find(({ code }) => code === event.currentTarget.value);
            if (chosen !== undefined) change.mutate(chosen.code);
          }}
          data={languageNames.map(({ code, name }) => ({ value: code, label: name }))}
        />
        <ProblemNotice error={change.error} />
      </Panel>
    </div>
  );
}

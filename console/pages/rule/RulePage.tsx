import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RouteInput } from '../../../src/contracts/api/front-door.ts';
import { addRoute, changeRoute, routesQuery, scopesQuery, servicesQuery } from '../../api/front-door.ts';
import { Loaded } from '../../parts/Loaded.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { useSaid } from '../../shell/Said.tsx';
import { RuleForm } from './RuleForm.tsx';
import { RuleMore } from './RuleMore.tsx';

const FRESH: RouteInput = {
  path: '/',
  methods: ['GET'],
  auth: 'key',
  scopes: [],
  rateLimits: [],
  mode: 'enforce',
  title: '',
};

function useRulePage() {
  const { t } = useTranslation();
  const { serviceId = '' } = useParams({ strict: false });
  const client = useQueryClient();
  const navigate = useNavigate();
  const { sayChange } = useSaid();
  const services = useQuery(servicesQuery);
  const scopes = useQuery(scopesQuery);
  const service = services.data?.find((one) => one.id === serviceId);
  const back = {
    to: '/front-door/apis/$serviceId',
    params: { serviceId },
    label: service?.title || service?.name || t('frontDoor.title'),
  } as const;
  const done = async (words: string, change: Parameters<typeof sayChange>[1]) => {
    sayChange(words, change);
    await client.invalidateQueries({ queryKey: ['services'] });
    await client.invalidateQueries({ queryKey: ['scopes'] });
    await navigate({ to: '/front-door/apis/$serviceId', params: { serviceId } });
  };
  return { t, serviceId, back, done, known: scopes.data?.map(({ scope }) => scope) ?? [] };
}

export function NewRulePage() {
  const { t, serviceId, back, done, known } = useRulePage();
  const add = useMutation({
    mutationFn: (input: RouteInput) => addRoute(serviceId, input),
    onSuccess: ({ change }) => done(t('rules.added'), change),
  });
  return (
    <div className="stack-wide">
      <PageHead title={t('rules.newTitle')} back={back} />
      <RuleForm before={FRESH} known={known} busy={add.isPending} error={add.error} onDone={add.mutate} />
    </div>
  );
}

export function ChangeRulePage() {
  const { t, serviceId, back, done, known } = useRulePage();
  const { ruleId = '' } = useParams({ strict: false });
  const rules = useQuery(routesQuery(serviceId));
  const save = useMutation({
    mutationFn: (input: RouteInput) => changeRoute(ruleId, input),
    onSuccess: ({ change }) => done(t('rules.saved'), change),
  });
  return (
    <div className="stack-wide">
      <PageHead title={t('rules.changeTitle')} back={back} />
      <Loaded query={rules} rows={4} height={140}>
        {(list) => {
          const rule = list.find((one) => one.id === ruleId);
          if (rule === undefined) {
            return (
              <Notice tone="watch">
                <p>{t('rules.unknown')}</p>
              </Notice>
            );
          }
          const { id: _, routeId: __, serviceId: ___, ...input } = rule;
          return (
            <>
              <RuleForm before={input} known={known} busy={save.isPending} error={save.error} onDone={save.mutate} />
              <RuleMore rule={rule} />
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

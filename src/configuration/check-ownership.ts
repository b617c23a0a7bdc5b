import type { GatewayConfig } from '../contracts/config/gateway-config.ts';
import type { LearnSettings, OwnershipRule } from '../contracts/config/ownership-config.ts';
import { ownershipRules } from './compile-ownership.ts';
import type { ConfigPath, Finding } from './config-fault.ts';

type Route = GatewayConfig['services'][number]['routes'][number];

/** What is wrong with a route's ownership: nobody to own anything, or a parameter or token that is not to be had. */
export function ownershipFaults(path: ConfigPath, route: Route, open: boolean, config: GatewayConfig): Finding[] {
  const rules = ownershipRules(route);
  if (rules.length === 0) return [];
  if (open) {
    return [
      {
        path,
        atKey: true,
        code: 'ownership-without-key',
        message: 'This route is open to all (auth: none), so nobody can own anything on it.',
        hint: 'Remove the rule, or let the route ask for a key with "auth: required".',
      },
    ];
  }
  return rules.flatMap((rule, index) => {
    const place = Array.isArray(route.ownership) ? [...path, index] : path;
    const known = new Set(['param,equals', 'answer', 'learn']);
    const kind = ['param', 'equals', 'answer', 'learn'].filter((key) => key in rule).join(',');
    if (!known.has(kind)) {
      return [
        {
          path: place,
          code: 'ownership-kind',
          message: 'A rule compares a parameter, compares answers, or learns; this is none of the three, or several.',
          hint: 'Write { param, equals }, { answer: … } or { learn: … }; several rules stand in a list.',
        },
      ];
    }
    const fault = parameterFault([...place, 'param'], rule.param, route.match.path);
    return [
      ...(fault === null ? [] : [fault]),
      ...tokenFaults(place, rule, config),
      ...(rule.learn === undefined ? [] : learnFaults([...place, 'learn'], rule.learn, config)),
    ];
  });
}

function parameterFault(path: ConfigPath, param: string | undefined, template: string): Finding | null {
  if (param === undefined || param.includes('.') || template.split('/').includes(`{${param}}`)) return null;
  return {
    path,
    code: 'unknown-parameter',
    message: `The path "${template}" has no parameter {${param}}.`,
    hint: 'Name one that it has, or write query.NAME, header.NAME or body.FIELD.',
  };
}

function tokenFaults(path: ConfigPath, rule: OwnershipRule, config: GatewayConfig): Finding[] {
  const places: [ConfigPath, string | undefined][] = [
    [[...path, 'equals'], rule.equals],
    [[...path, 'answer', 'equals'], rule.answer?.equals],
  ];
  return places.flatMap(([place, equals]) => tokenFault(place, equals, config));
}

function tokenFault(path: ConfigPath, value: string | undefined, config: GatewayConfig): Finding[] {
  if (value?.startsWith('token.') !== true || config.jwt !== undefined) return [];
  return [
    {
      path,
      code: 'jwt-without-issuer',
      message: `"${value}" is a claim of a token, and no issuer of tokens is configured.`,
      hint: 'Name the issuer under "jwt", or compare with consumer.attributes.NAME.',
    },
  ];
}

/** What is wrong with how a route or service learns. */
export function learnFaults(path: ConfigPath, learn: LearnSettings, config: GatewayConfig): Finding[] {
  const findings = tokenFault([...path, 'subject'], learn.subject, config);
  if (learn.subject?.startsWith('header.') === true && (learn.frontEnds ?? []).length === 0) {
    findings.push({
      path: [...path, 'subject'],
      code: 'subject-without-front-end',
      message: 'Whoever may write this header could be anybody; it counts only for consumers that are named.',
      hint: 'Name the consumers that call for many people, such as frontEnds: [web-shop].',
    });
  }
  return findings;
}

/** Names of consumers in settings of learning that nobody has: they except nobody. Tokens name consumers of their own. */
export function ownershipWarnings(config: GatewayConfig): Finding[] {
  if (config.jwt !== undefined) return [];
  const names = new Set((config.consumers ?? []).map(({ name }) => name));
  const inSettings = (path: ConfigPath, learn: LearnSettings | undefined): Finding[] =>
    (['frontEnds', 'exempt'] as const).flatMap((key) =>
      (learn?.[key] ?? []).flatMap((name, index) =>
        names.has(name) || (key === 'exempt' && name.startsWith('attributes.'))
          ? []
          : [
              {
                path: [...path, 'learn', key, index],
                code: 'consumer-unknown',
                message: `There is no consumer "${name}".`,
                hint: 'Write the name of a consumer as it stands under "consumers".',
              },
            ],
      ),
    );
  return config.services.flatMap((service, at) => {
    const path = ['services', at, 'ownership'];
    const own = typeof service.ownership === 'object' ? service.ownership.learn : undefined;
    return [
      ...inSettings(path, own),
      ...service.routes.flatMap((route, place) => {
        const routePath = ['services', at, 'routes', place, 'ownership'];
        return ownershipRules(route).flatMap(({ learn }, index) =>
          inSettings(Array.isArray(route.ownership) ? [...routePath, index] : routePath, learn),
        );
      }),
    ];
  });
}

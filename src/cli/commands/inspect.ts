import { type Command, Option } from 'commander';
import { ATTACK_PROFILES, type AttackProfile } from '../../contracts/detection/attack-kinds.ts';
import { DATA_OPTION, newCommand, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { print, printJson } from '../output.ts';

type Options = { json?: true; profile: AttackProfile; cases?: true; data?: string };

export function inspectCommand(finish: (code: number) => void): Command {
  const profile = new Option('--profile <name>', 'how sure the filter must be').choices(ATTACK_PROFILES);
  const command = newCommand('inspect', 'Judge a request as the attack filter does, and say why')
    .argument('[file]', 'raw HTTP, or JSON with method, path, headers and body; "-" or nothing: standard input', '-')
    .addOption(profile.default('balanced'))
    .option('--json', 'the verdict as JSON on standard output')
    .option('--cases', 'judge the honest calls anew that were kept as test cases')
    .option(...DATA_OPTION);
  return withExamples(command, [
    'inspect request.http',
    `inspect - <<< '{"method":"GET","path":"/search?q=1%27+or+1=1--"}'`,
    'inspect --profile strict --json request.http',
    'inspect --cases',
  ]).action(async (file: string, options: Options) => {
    const attack = options.cases ? await inspectCases(options) : await inspectRequest(file, options);
    finish(attack ? EXIT.failed : EXIT.ok);
  });
}

async function inspectRequest(file: string, { json, profile }: Options): Promise<boolean> {
  const { inspectFile } = await import('../../app/inspect/inspect-file.ts');
  const { verdictLines } = await import('../../app/inspect/verdict-words.ts');
  const verdict = await inspectFile(file, profile);
  if (json) printJson(verdict);
  else print(verdictLines(verdict).join('\n'));
  return verdict.attack;
}

async function inspectCases({ data, json, profile }: Options): Promise<boolean> {
  const { dataPaths } = await import('../../app/paths.ts');
  const { judgeCases } = await import('../../app/inspect/test-cases.ts');
  const { caseLines } = await import('../../app/inspect/verdict-words.ts');
  const judged = judgeCases(dataPaths(data).testCases, profile);
  if (json)
    printJson(judged.map(({ kept, verdict }) => ({ reference: kept.reference, route: kept.route, ...verdict })));
  else print(caseLines(judged).join('\n'));
  return judged.some(({ verdict }) => verdict.attack);
}

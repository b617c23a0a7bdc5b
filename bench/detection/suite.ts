import { corporaIn } from '../detection/corpora.ts';
import type { Section, Suite } from '../suite.ts';
import { adversarialSection } from './adversarial.ts';
import { corpusSections } from './recall.ts';
import { typicalSection } from './typical.ts';

/** What the attack filter finds, what it blames wrongly, and what it costs. */
export const detectionSuite: Suite = {
  title: 'The attack filter: found, wrongly blamed, and its cost',
  needs: [],
  run({ corpora }) {
    const names = corporaIn(corpora);
    const sections: Section[] = [];
    if (names.length === 0) process.stdout.write(`There are no corpora in ${corpora}: only speed is measured.\n`);
    else sections.push(...corpusSections(corpora, names));
    sections.push(typicalSection(), adversarialSection());
    return Promise.resolve(sections);
  },
};

import type { AttackKind, AttackProfile } from '../contracts/detection/attack-kinds.ts';
import { REQUEST_DETECTORS, TEXT_DETECTORS } from './detectors.ts';
import { excerptOf } from './judge/excerpt.ts';
import { type Charge, type FieldHint, scoreOf, THRESHOLD } from './judge/judge.ts';
import { type Carrier, type Leaf, type PlaceNode, placeOf } from './leaf.ts';
import { isJsonText } from './leaves/is-json.ts';
import type { InspectedRequest } from './leaves/parsed-request.ts';
import { readJson } from './leaves/read-json.ts';
import { readRequest } from './leaves/read-request.ts';
import type { Reading } from './leaves/reading.ts';
import { type Layer, mayBeWrapped, peel, WRAP_HINTS } from './peel/peel.ts';
import { KnownClean } from './prefilter/known-clean.ts';
import { Prefilter } from './prefilter/prefilter.ts';
import { Subject } from './subject.ts';

export type InspectorOptions = {
  /** Default: balanced. */
  readonly profile?: AttackProfile;
  /** What a field is known to hold. Asked only when something is held against it. */
  hintFor?(place: string): FieldHint | null;
  /** Whether somebody has said that this is no attack there. Asked only when something is held against the field. */
  isExcluded?(kind: AttackKind, place: string): boolean;
  /** Characters looked at, counted once for each detector and layer. Default: {@link DEFAULT_WORK}. */
  readonly work?: number;
};

export type Verdict = {
  readonly attack: boolean;
  /** 0 to 99: of the field that has most against it. */
  readonly score: number;
  /** What was found, strongest first; also what was too weak, or excluded, to count. */
  readonly charges: readonly (Charge & { readonly excluded: boolean })[];
  /** False when the work ended before the request did; then `attack` speaks of what was seen. */
  readonly complete: boolean;
};

/** Enough for a megabyte of anything honest. */
export const DEFAULT_WORK = 16_000_000;
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_CHARGES = 40;
/** JSON in a string in JSON …: as deep as it is read. */
const MOST_NESTING = 4;

/** Makes a judge of requests. It holds no state: one serves any number of requests. */
export function createInspector(options: InspectorOptions = {}): (request: InspectedRequest) => Verdict {
  const threshold = THRESHOLD[options.profile ?? 'balanced'];
  return (request) => {
    const inspection = new Inspection(options.work ?? DEFAULT_WORK);
    inspection.run(request);
    return inspection.charges.length === 0 && inspection.complete ? CLEAN : judge(inspection, threshold, options);
  };
}

const CLEAN: Verdict = { attack: false, score: 0, charges: [], complete: true };

/** Judges one request by the default profile. */
export const inspect: (request: InspectedRequest) => Verdict = createInspector();

function judge({ charges, complete }: Inspection, threshold: number, options: InspectorOptions): Verdict {
  const byPlace = new Map<string, Charge[]>();
  const all = charges.map((charge) => ({
    ...charge,
    excluded: options.isExcluded?.(charge.kind, charge.place) ?? false,
  }));
  for (const charge of all) {
    if (charge.excluded) continue;
    const others = byPlace.get(charge.place);
    if (others === undefined) byPlace.set(charge.place, [charge]);
    else others.push(charge);
  }
  let score = 0;
  for (const [place, held] of byPlace) score = Math.max(score, scoreOf(held, options.hintFor?.(place) ?? null));
  all.sort((a, b) => b.confidence - a.confidence);
  return { attack: score >= threshold, score, charges: all, complete };
}

const KNOWN_CLEAN = new KnownClean();
const PREFILTER = new Prefilter(TEXT_DETECTORS, WRAP_HINTS);

/** One request under way. */
class Inspection {
  readonly charges: Charge[] = [];
  complete = true;
  #work: number;
  #nesting = 0;
  /** Names that were looked at already: in a list of objects all have the same. */
  readonly #names = new Map<string, Carrier>();

  constructor(work: number) {
    this.#work = work;
  }

  run(request: InspectedRequest): void {
    const parsed = readRequest(
      request,
      MOST_BYTES,
      (reading) => (text, carrier, role, parent, key) => this.#leaf(reading(), text, carrier, role, parent, key),
      (text, from, to) => this.#skim(text, from, to),
    );
    for (const { id, look } of REQUEST_DETECTORS) {
      for (const { technique, confidence, place, excerpt } of look(parsed)) {
        this.#charge({
          kind: id,
          technique,
          confidence,
          place,
          excerpt: excerptOf(excerpt, 0, excerpt.length),
          undone: [],
        });
      }
    }
  }

  #skim(text: string, from: number, to: number): boolean {
    const first = text.charCodeAt(from);
    // JSON in a text is read as JSON.
    if (first === 0x7b || first === 0x5b || PREFILTER.candidates(text, from, to) !== 0) return false;
    return !mayBeWrapped(to - from, PREFILTER.signs, PREFILTER.hinted) && this.#spend(to - from);
  }

  #leaf(
    reading: Reading,
    text: string,
    carrier: Carrier,
    role: 'value' | 'name',
    parent: PlaceNode | null,
    key: string | number,
  ): void {
    if (role === 'name' && this.#isKnown(text, carrier)) return;
    if (!this.#spend(text.length)) return;
    const known = carrier === 'header' ? KnownClean.keyOf(key, text) : null;
    if (known === null) this.#judge(reading, text, carrier, role, parent, key);
    else if (!KNOWN_CLEAN.has(key, known)) {
      const found = this.charges.length + reading.oddities.length;
      this.#judge(reading, text, carrier, role, parent, key);
      if (this.complete && found === this.charges.length + reading.oddities.length) KNOWN_CLEAN.add(key, known);
    }
  }

  #judge(
    reading: Reading,
    text: string,
    carrier: Carrier,
    role: 'value' | 'name',
    parent: PlaceNode | null,
    key: string | number,
  ): void {
    if (role === 'value' && this.#readNested(reading, text, parent, key)) return;
    const candidates = PREFILTER.candidates(text);
    const { signs, hinted } = PREFILTER;
    const isWrapped = mayBeWrapped(text.length, signs, hinted);
    if (candidates === 0 && !isWrapped) return;
    const leaf: Leaf = { carrier, role, text, parent, key };
    if (candidates !== 0) this.#look(text, candidates, leaf, NOTHING_UNDONE);
    if (!isWrapped) return;
    const layers = peel(text, signs);
    if (layers.length >= MANY_LAYERS && isEncodedManyTimes(layers)) {
      reading.note('encoded-many-times', placeOf(parent, key), text);
    }
    for (const layer of layers) this.#layer(reading, layer, leaf);
  }

  #isKnown(name: string, carrier: Carrier): boolean {
    if (this.#names.get(name) === carrier) return true;
    if (this.#names.size < MOST_NAMES) this.#names.set(name, carrier);
    return false;
  }

  #layer(reading: Reading, { text, undone }: Layer, leaf: Leaf): void {
    if (!this.#spend(text.length)) return;
    if (leaf.role === 'value' && this.#readNested(reading, text, leaf.parent, leaf.key)) return;
    const candidates = PREFILTER.candidates(text);
    if (candidates !== 0) this.#look(text, candidates, leaf, undone);
  }

  /** JSON in a text: what matters is inside. */
  #readNested(reading: Reading, text: string, parent: PlaceNode | null, key: string | number): boolean {
    if (this.#nesting >= MOST_NESTING || !isJsonText(text)) return false;
    this.#nesting++;
    readJson(reading, text, parent, key);
    this.#nesting--;
    return true;
  }

  #look(text: string, candidates: number, leaf: Leaf, undone: readonly string[]): void {
    const features = { signs: PREFILTER.signs, literals: PREFILTER.literals };
    const subject = new Subject(text, features, leaf, undone);
    for (let rest = candidates; rest !== 0; rest &= rest - 1) {
      const detector = TEXT_DETECTORS[31 - Math.clz32(rest & -rest)];
      if (detector === undefined || !this.#spend(text.length)) return;
      const evidence = detector.look(subject);
      if (evidence === null) continue;
      this.#charge({
        kind: detector.id,
        technique: evidence.technique,
        confidence: evidence.confidence,
        place: placeOf(leaf.parent, leaf.key),
        excerpt: excerptOf(text, evidence.start, evidence.end),
        undone,
      });
    }
  }

  #charge(charge: Charge): void {
    if (this.charges.length < MOST_CHARGES) {
      this.charges.push(charge);
      return;
    }
    // Many weak ones must not hide a strong one: the weakest makes room.
    let weakest = 0;
    for (let i = 1; i < this.charges.length; i++)
      if ((this.charges[i] as Charge).confidence < (this.charges[weakest] as Charge).confidence) weakest = i;
    if ((this.charges[weakest] as Charge).confidence < charge.confidence) this.charges[weakest] = charge;
  }

  #spend(characters: number): boolean {
    this.#work -= characters;
    if (this.#work < 0) this.complete = false;
    return this.complete;
  }
}

const NOTHING_UNDONE: readonly string[] = [];
const MOST_NAMES = 1_000;
/** Addresses within addresses within addresses come to two or three. */
const MANY_LAYERS = 4;

function isEncodedManyTimes(layers: readonly Layer[]): boolean {
  const undone = layers.at(-1)?.undone ?? NOTHING_UNDONE;
  return undone.filter((name) => name === 'url').length >= MANY_LAYERS;
}

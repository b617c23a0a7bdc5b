import type { CallerScore } from './caller-score.ts';
import { neighbours } from './neighbours.ts';
import { ObjectTable } from './object-table.ts';
import { Resource } from './resource.ts';
import { ScoreBook } from './score-book.ts';
import { Tags } from './tags.ts';

/** A request for something that is not known to be the caller's own; settled when the answer's status is known. */
export type ForeignAsk = {
  readonly score: CallerScore;
  readonly high: number;
  readonly low: number;
  /** It belongs to somebody else; otherwise nobody has been seen with it. */
  readonly foreign: boolean;
  readonly isNew: boolean;
  readonly word: null | 'reads-all-learnt' | 'id-walking' | 'not-owner-learnt';
};

/** From here a caller is held to be walking through the ids of others: the sixth in a row, or more of them spread out. */
const ALARM = 5.75;
/** What somebody is given who has asked for this much already is no sign that it is theirs. */
const DOUBT = 3;
const MINUTE_MS = 60_000;

/**
 * Learns from what callers create, are listed and read whose is what, and notices who asks for many objects that are not
 * their own. It keeps numbers that stand for ids and callers, in a bounded memory. docs/decisions/0017 says why it is so.
 */
export class LearntOwnership {
  readonly tags: Tags;
  readonly objects: ObjectTable;
  readonly scores = new ScoreBook();
  readonly #resources = new Map<string, Resource>();
  /** Something was learnt since this was last set to false. */
  isChanged = false;

  constructor(key: Buffer, objects = new ObjectTable()) {
    this.tags = new Tags(key);
    this.objects = objects;
  }

  resource(name: string): Resource {
    const found = this.#resources.get(name);
    if (found !== undefined) return found;
    const made = new Resource(name, this.#resources.size + 1);
    this.#resources.set(name, made);
    return made;
  }

  resources(): Iterable<Resource> {
    return this.#resources.values();
  }

  /** A caller asks for an object. Null: it is its own, everybody's, or the caller reads all. `now` in Unix milliseconds. */
  ask(resource: Resource, caller: number, id: string, now: number, periodMs: number): ForeignAsk | null {
    this.isChanged = true;
    if (resource.since === 0) resource.since = now;
    resource.asks++;
    const score = this.scores.of(resource, caller);
    if (resource.readersOfAll.has(caller)) return null;
    const { high, low } = this.tags.object(resource.name, id);
    const place = this.objects.find(high, low);
    if (place !== -1) {
      this.objects.touch(place, Math.floor(now / MINUTE_MS));
      const isOwn = this.objects.has(place, caller);
      if (this.objects.askedFirst(place) && isOwn) resource.countFirst(true);
      if (isOwn || this.objects.isPublic(place)) return null;
    }
    const foreign = place !== -1 && this.objects.hasOther(place, resource.counts);
    const isLearning = resource.isLearning(now, periodMs);
    const isNew = !score.askedLately(low);
    if (isNew && (isLearning || !resource.isShared)) this.#weigh(score, id, foreign, now);
    if (isNew) score.remember(low);
    const ask = { score, high, low, foreign, isNew };
    if (score.scoreAt(now) < ALARM) return { ...ask, word: null };
    if (isLearning) {
      this.#readsAll(score);
      return { ...ask, word: 'reads-all-learnt' };
    }
    if (resource.isShared) return { ...ask, word: null };
    unmix(score);
    return { ...ask, word: score.steps >= 2 || !foreign ? 'id-walking' : 'not-owner-learnt' };
  }

  /** The application has answered. Given: with 2xx; missed: it knows no such object, or none for this caller. */
  settle(ask: ForeignAsk, outcome: 'given' | 'missed', now: number): void {
    const { score, foreign, isNew } = ask;
    const { resource } = score;
    if (outcome === 'missed') {
      if (isNew && !foreign && !resource.isShared) score.add(0.5, now);
      return;
    }
    if (ask.word !== null) return;
    if (foreign && isNew) mix(score);
    if (!foreign && isNew) resource.countFirst(false);
    if (score.scoreAt(now) >= DOUBT) return;
    const place = this.#add(resource, ask.high, ask.low, now);
    this.objects.askedFirst(place);
    this.#give(score, place);
  }

  /** A caller created these objects. */
  created(resource: Resource, caller: number, ids: Iterable<string>, now: number): void {
    this.isChanged = true;
    this.scores.of(resource, caller);
    if (resource.since === 0) resource.since = now;
    if (resource.readersOfAll.has(caller)) return;
    for (const id of ids) {
      const { high, low } = this.tags.object(resource.name, id);
      this.objects.relate(this.#add(resource, high, low, now), caller, resource.counts);
    }
  }

  /** A caller was listed these objects. A list with many that belong to others is everybody's and says nothing. */
  listed(resource: Resource, caller: number, ids: Iterable<string>, now: number, periodMs: number): void {
    this.isChanged = true;
    const score = this.scores.of(resource, caller);
    if (resource.since === 0) resource.since = now;
    if (resource.readersOfAll.has(caller)) return;
    const tags = [...ids].map((id) => this.tags.object(resource.name, id));
    const foreign = tags.filter(({ high, low }) => {
      const place = this.objects.find(high, low);
      if (place === -1 || this.objects.isPublic(place) || this.objects.has(place, caller)) return false;
      return this.objects.hasOther(place, resource.counts);
    });
    if (foreign.length <= Math.max(2, tags.length / 5)) {
      for (const { high, low } of tags) this.#give(score, this.#add(resource, high, low, now));
    } else if (resource.isLearning(now, periodMs)) score.given += foreign.length;
    const ownsMost = score.given >= 20 && score.given * 3 > resource.objects && resource.callers >= 5;
    if (ownsMost && resource.isLearning(now, periodMs)) this.#readsAll(score);
  }

  #weigh(score: CallerScore, id: string, foreign: boolean, now: number): void {
    const { resource } = score;
    const follows = neighbours(id).some((beside) => score.askedLately(this.tags.object(resource.name, beside).low));
    if (follows) score.steps++;
    const alone = foreign ? 1 : resource.weightOfUnseen;
    score.add(follows ? Math.max(alone + 0.5, 0.75) : alone, now);
  }

  #add(resource: Resource, high: number, low: number, now: number): number {
    if (this.objects.find(high, low) === -1) resource.objects++;
    return this.objects.add(high, low, Math.floor(now / MINUTE_MS));
  }

  #give(score: CallerScore, place: number): void {
    if (this.objects.has(place, score.caller)) return;
    score.given++;
    this.objects.relate(place, score.caller, score.resource.counts);
  }

  #readsAll(score: CallerScore): void {
    const { resource, caller } = score;
    resource.readersOfAll.add(caller);
    if (!score.isMixer) resource.mixers++;
    score.isMixer = true;
    score.score = 0;
  }
}

/** Somebody who was given two objects of others shows that they are shared here; one who is held to walk shows nothing. */
function mix(score: CallerScore): void {
  score.foreign++;
  if (score.foreign < 2 || score.isMixer) return;
  score.isMixer = true;
  score.resource.mixers++;
}

function unmix(score: CallerScore): void {
  if (!score.isMixer) return;
  score.isMixer = false;
  score.foreign = 0;
  score.resource.mixers--;
}

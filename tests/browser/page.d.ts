// What the tests reach into: the page's own handle, and the engine on the page that has no other.

import type * as Engine from '../../dist/engine/uphill.js';

interface Lab {
  readonly simulator: Engine.Simulator;
  readonly first: { readonly word: string | null; readonly observables: Engine.Observables };
  readonly second: Engine.Simulator | null | undefined;
  readonly playing: boolean;
  readonly pausedBecause: string;
  play(): void;
  pause(): void;
  readonly speed: number;
  readonly sharers: number;
  step(now: number): void;
  advance(elapsed: number): void;
  runUntil(time: number): unknown;
  restart(query: string): unknown;
  alter(run: Lab['first'], change: (simulator: Engine.Simulator) => unknown): void;
}

interface WorkerHandle {
  readonly worker: Worker;
  readonly job: { readonly slice: { readonly task: number } } | null;
  look(): void;
}

interface Figures {
  readonly scan: Engine.Scan | undefined;
  readonly state: string | undefined;
  readonly runner: {
    readonly link: string;
    readonly saved: number;
    readonly words: string;
    readonly inFlight: Set<number>;
    readonly unlock: (() => void) | null;
    readonly tasks: readonly unknown[];
    save(): Promise<void>;
  };
  readonly pool: {
    most: number;
    limit: number;
    patience: number;
    readonly busy: number;
    readonly handles: Set<WorkerHandle>;
    work(slice: { task: number; ms?: number }): Promise<unknown>;
  };
  readonly keeper: { purge(kept: string, most: number): Promise<void> };
  readonly pictures: {
    readonly chosen: number[];
    select(marker: Engine.Marker): void;
  };
  run(): Promise<void>;
  pause(): Promise<void>;
  cancel(): Promise<void>;
  open(query: string): Promise<void>;
  load(bytes: Uint8Array): Promise<void>;
}

declare global {
  var engine: typeof Engine;
  /** The runs of a benchmark, by their links. */
  var runs: Map<string, Engine.Simulator> | undefined;
  var uphill: { lab: Lab; figures: Figures };
  /** What the page handed to a stand-in for the clipboard or the share sheet. */
  var handedOver: string[];
}

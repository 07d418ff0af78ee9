// What the tests reach into: the page's own handle, and the engine on the page that has no other.

import type * as Engine from '../../dist/engine/uphill.js';

interface Lab {
  readonly simulator: Engine.Simulator;
  readonly second: Engine.Simulator | null | undefined;
  readonly playing: boolean;
  play(): void;
  pause(): void;
  runUntil(time: number): unknown;
  restart(query: string): unknown;
}

declare global {
  var engine: typeof Engine;
  var uphill: { lab: Lab };
  /** What the page handed to a stand-in for the clipboard or the share sheet. */
  var handedOver: string[];
}

// The server of `./build.sh serve`: what esbuild's does with a folder that is like the site.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { serve } from '../../xtask/serve.js';

// Where the search for a free port begins.
const WANTED = 20_800;

describe('the server for the machine that built the site', () => {
  const folder = mkdtempSync(join(tmpdir(), 'uphill-'));
  /** @type {{port: number, end: () => Promise<void>}} */
  let server;

  before(async () => {
    mkdirSync(join(folder, 'site/engine'), { recursive: true });
    writeFileSync(join(folder, 'secret'), 'secret');
    writeFileSync(join(folder, 'site/index.html'), 'the page');
    writeFileSync(join(folder, 'site/main.js'), '');
    writeFileSync(join(folder, 'site/engine/uphill_bg.wasm'), '');
    server = await serve(join(folder, 'site'), WANTED);
  });

  after(async () => {
    await server.end();
    rmSync(folder, { recursive: true });
  });

  /**
   * The reply to a request for exactly this address, which `fetch` would tidy up first.
   *
   * @param {string} address
   * @param {{host?: string, method?: string}} [as]
   * @returns {Promise<string>}
   */
  function reply(address, { host = `127.0.0.1:${server.port}`, method = 'GET' } = {}) {
    return new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(server.port, '127.0.0.1');
      socket.setEncoding('utf8');
      socket.on('data', (part) => (text += part));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
      socket.write(`${method} ${address} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    });
  }

  test('a folder is its page, whatever the query', async () => {
    for (const address of ['/', '/?v=1&m=0.998', '/index.html?x=/../..']) {
      const said = await reply(address);
      assert.match(said, /^HTTP\/1\.1 200/);
      assert.match(said, /\r\nContent-Type: text\/html; charset=utf-8\r\n/);
      assert.match(said, /the page$/);
    }
  });

  test('modules and WebAssembly have the types that browsers insist on', async () => {
    assert.match(await reply('/main.js'), /\r\nContent-Type: text\/javascript/);
    assert.match(await reply('/engine/uphill_bg.wasm'), /\r\nContent-Type: application\/wasm\r\n/);
  });

  test('no reply may be kept: a browser keeps one only by such a header', async () => {
    assert.doesNotMatch(await reply('/'), /\r\n(Cache-Control|Expires|Last-Modified|ETag):/i);
  });

  test('a frame of no origin may load it', async () => {
    const said = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { origin: 'null' } });
    assert.equal(said.headers.get('access-control-allow-origin'), '*');
  });

  test('nothing outside the folder is found', async () => {
    for (const address of [
      '/../secret',
      '/%2e%2e/secret',
      '/engine/../../secret',
      '/engine/..%2f..%2fsecret',
      '/..%5csecret',
      '/missing',
    ]) {
      const said = await reply(address);
      assert.match(said, /^HTTP\/1\.1 40[04]/, address);
      assert.doesNotMatch(said, /secret$/, address);
    }
  });

  test('it answers to no other name, so that no other site reads it', async () => {
    assert.match(await reply('/', { host: 'example.org' }), /^HTTP\/1\.1 403/);
  });

  test('a taken port gives way to the next', async () => {
    const second = await serve(folder, server.port);
    assert.notEqual(second.port, server.port);
    await second.end();
  });
});

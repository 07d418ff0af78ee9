#!/bin/sh
# reveal.js 6.0.2 and 5.2.1 never tell a frame of the first slide that it is shown.
#
# Expected: by its documentation a frame gets the message "slide:start" when its slide is made
# visible and "slide:stop" when it is hidden, and a frame may do its work between the two.
#
# What happens: the message to the frames of the first slide is posted while the deck starts. A frame
# with `src` is not loaded by then, so that the blank document before it hears the message. The
# frame is told nothing when it has come; "slide:stop" is the first that it hears, and "slide:start"
# comes only when the slide is come back to. A frame with `data-src` is waited for.
#
# Why it matters: what runs only between the two stands still on the first slide, which most often
# is the one that is opened by a link.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf '{"private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund reveal.js@6.0.2 reveal.js-5@npm:reveal.js@5.2.1 \
    puppeteer-core@24.43.1 @sparticuz/chromium@148.0.0 || exit 2

cat >deck.mjs <<'EOF'
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import puppeteer from 'puppeteer-core';

const FRAME = `<!doctype html><title>frame</title><script>
  addEventListener('message', ({ data }) => parent.heard[frameElement.id].push(data));
  parent.heard[frameElement.id].push('loaded');
</script>`;
const deck = (version) => `<!doctype html><title>deck</title>
  <link rel="stylesheet" href="/${version}/dist/reveal.css">
  <div class="reveal"><div class="slides">
    <section><iframe id="src" src="/frame"></iframe><iframe id="data-src" data-src="/frame"></iframe></section>
    <section>second</section>
  </div></div>
  <script>window.heard = { src: [], 'data-src': [] };</script>
  <script src="/${version}/dist/reveal.js"></script>
  <script>Reveal.initialize({ transition: 'none' });</script>`;
const KINDS = { '.css': 'text/css', '.js': 'text/javascript' };

const server = createServer(async ({ url }, answer) => {
  if (url === '/frame') {
    // As over any network.
    await pause(300);
    answer.setHeader('content-type', 'text/html').end(FRAME);
  } else if (url.startsWith('/deck/')) answer.setHeader('content-type', 'text/html').end(deck(url.slice(6)));
  else {
    const bytes = await readFile(`node_modules${url}`).catch(() => null);
    answer.writeHead(bytes ? 200 : 404, { 'content-type': KINDS[extname(url)] ?? 'text/plain' }).end(bytes);
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? await chromium.executablePath(), args: chromium.args, headless: 'shell',
});
for (const version of ['reveal.js', 'reveal.js-5']) {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/deck/${version}`, { waitUntil: 'networkidle0' });
  const told = async (what) => {
    await pause(1000);
    const heard = await page.evaluate(() => Object.entries(window.heard).map(([id, all]) => `${id}: ${all.splice(0).join(', ') || 'nothing'}`));
    console.log(`${version}, ${what}: ${heard.join('; ')}`);
  };
  await told('opened');
  await page.evaluate(() => Reveal.next());
  await told('left');
  await page.evaluate(() => Reveal.prev());
  await told('come back to');
}
await browser.close();
server.close();
EOF
seen=$(node deck.mjs) || exit 2
stated='reveal.js, opened: src: loaded; data-src: loaded, slide:start
reveal.js, left: src: slide:stop; data-src: slide:stop
reveal.js, come back to: src: slide:start; data-src: loaded, slide:start
reveal.js-5, opened: src: loaded; data-src: loaded, slide:start
reveal.js-5, left: src: slide:stop; data-src: slide:stop
reveal.js-5, come back to: src: slide:start; data-src: loaded, slide:start'
printf '%s\n' "$seen"
if [ "$seen" != "$stated" ]; then
    printf 'changed; stated was:\n%s\n' "$stated"
    exit 1
fi

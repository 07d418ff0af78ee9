import { serveSite } from './server.js';
import { launch } from './browser.js';
const [, , spec] = process.argv;
const jobs = JSON.parse(spec);
const host = await serveSite();
const browser = await launch('Chromium');
for (const { q, out, w = 1280, h = 720, scheme = 'light', wait = 3000, run = false, full = false } of jobs) {
  const page = await browser.newPage();
  page.on('console', (m) => console.log('console', m.type(), m.text()));
  page.on('pageerror', (e) => console.log('pageerror', e));
  await page.setViewport({ width: w, height: h });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto(host.url + q, { waitUntil: 'load' });
  await new Promise((r) => setTimeout(r, wait));
  if (out) await page.screenshot({ path: out, fullPage: full });
  await page.close();
}
await browser.close();
await host.close();

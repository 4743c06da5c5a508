// What is asked of each status page in a folder, in a browser: that it is HTML and XML, asks for nothing,
// runs nothing, fits a phone and a desk, is right for who can't see it or sees no colours, by day and by
// night, and says in its cards what its columns say.  Leaves a picture and a print of each beside it.

'use strict';

const fs = require('fs');
const path = require('path');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const puppeteer = require('puppeteer-core');

const folder = process.argv[2];
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
// Each page is looked at on a desk and on a phone, by day on one and by night on the other; that in the
// other language the other way round.
const views = {
	da: [{width: 1280, scheme: 'light'}, {width: 360, scheme: 'dark'}],
	en: [{width: 1280, scheme: 'dark'}, {width: 360, scheme: 'light'}]};

// Runs in the page: what of its structure isn't as it should be.
function faultsOfStructure(language) {
	const faults = [];
	const all = selector => Array.from(document.querySelectorAll(selector));
	const odd = all('script, link, img, iframe, object, embed, form, base, [onerror], [onload], [style]');

	if (odd.length > 0)
		faults.push('it has ' + odd[0].outerHTML.slice(0, 80));
	if (document.documentElement.lang !== language)
		faults.push('its language is ' + document.documentElement.lang);
	if (document.querySelector('head meta').getAttribute('charset') !== 'utf-8')
		faults.push('its encoding does not come first');
	if (all('h1').length !== 1)
		faults.push('it has ' + all('h1').length + ' main headings');
	for (const table of all('table')) {
		const headings = Array.from(table.querySelectorAll('thead th')).map(th => th.textContent);

		if (table.caption === null || table.caption.textContent === '')
			faults.push('a table has no caption');
		if (table.querySelectorAll('th:not([scope])').length > 0)
			faults.push('a heading has no scope');
		for (const row of table.querySelectorAll('tbody tr'))
			Array.from(row.cells).forEach((cell, i) => {
				if (cell.dataset.label !== undefined && cell.dataset.label !== headings[i])
					faults.push(`a card says "${cell.dataset.label}" for "${headings[i]}"`);
			});
	}
	// A state is told in words, beside its shape.
	for (const state of all('.state'))
		if (state.querySelector('svg[aria-hidden]') === null || state.textContent.trim() === '')
			faults.push('a state is not told by word and shape');
	for (const picture of all('svg.row'))
		if (picture.getAttribute('role') !== 'img' || picture.querySelector('title').textContent === '')
			faults.push('a picture has no title');
	return faults;
}

// Runs in the page: what is wider than it, and colours of shapes too near their ground.
function faultsOfLooks() {
	const faults = [];
	const width = document.documentElement.clientWidth;
	const style = getComputedStyle(document.documentElement);
	const light = name => {
		const hex = style.getPropertyValue(name).trim().slice(1);
		const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
		const parts = full.match(/../g).map(part => {
			const value = parseInt(part, 16) / 255;

			return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
		});

		return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
	};

	if (document.documentElement.scrollWidth > width)
		faults.push(`it is ${document.documentElement.scrollWidth} wide`);
	for (const element of document.querySelectorAll('main *, header *')) {
		const box = element.getBoundingClientRect();

		if (element.closest('svg, .hidden, thead') === null && (box.right > width + 1 || box.left < -1)) {
			faults.push('it does not hold ' + element.outerHTML.slice(0, 80));
			break;
		}
	}
	for (const [name, ground] of [['--good', '--paper'], ['--warn', '--paper'], ['--stop', '--paper'],
		['--none', '--paper'], ['--good', '--tint'], ['--warn', '--tint'], ['--stop', '--tint'],
		['--none', '--tint'], ['--data', '--ground'], ['--data', '--paper'], ['--warn', '--ground'],
		['--good', '--ground'], ['--stop', '--ground']]) {
		const [low, high] = [light(name), light(ground)].sort((a, b) => a - b);

		if ((high + 0.05) / (low + 0.05) < 3)
			faults.push(`${name} on ${ground} has a contrast of ${(high + 0.05) / (low + 0.05)}`);
	}
	return faults;
}

// Looks at one page in one view and tells its faults.
async function look(browser, name, view) {
	const file = path.join(folder, name + '.html');
	const page = await browser.newPage();
	const faults = [];
	const asked = [];

	page.on('request', request => asked.push(request.url()));
	page.on('dialog', async dialog => {
		faults.push('it opens a dialog');
		await dialog.dismiss();
	});
	page.on('console', message => faults.push('the browser says: ' + message.text()));
	page.on('pageerror', error => faults.push('an error: ' + error));
	await page.setViewport({width: view.width, height: 900});
	await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: view.scheme}]);
	await page.goto('file://' + file, {waitUntil: 'networkidle0'});

	faults.push(...await page.evaluate(faultsOfStructure, name.slice(-2)));
	faults.push(...await page.evaluate(faultsOfLooks));
	const found = await page.evaluate(`
		const wellFormed = new DOMParser().parseFromString(${JSON.stringify(fs.readFileSync(file, 'utf8'))},
			'application/xhtml+xml').querySelector('parsererror');
		wellFormed === null ? '' : wellFormed.textContent`);
	if (found !== '')
		faults.push('it is no XML: ' + found.slice(0, 200));

	await page.evaluate(axe);
	const judged = await page.evaluate(tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}), rules);
	for (const violation of judged.violations)
		faults.push(`${violation.id}, ${violation.nodes.length} times: ${violation.nodes[0].html.slice(0, 120)}`);

	if (!name.startsWith('many'))
		await page.screenshot({path: path.join(folder, `${name}-${view.width}-${view.scheme}.png`), fullPage: true});
	if (view.scheme === 'light')
		await page.pdf({path: path.join(folder, name + '.pdf'), preferCSSPageSize: true});
	if (asked.length !== 1)
		faults.push('it asks for ' + asked.slice(1).join(', '));
	await page.close();
	return faults.map(fault => `${view.width} ${view.scheme}: ${fault}`);
}

async function main() {
	const names = fs.readdirSync(folder).filter(file => file.endsWith('.html')).sort()
		.map(file => file.slice(0, -5));
	const browser = await puppeteer.launch({
		executablePath: '/usr/bin/chromium',
		headless: true,
		userDataDir: fs.mkdtempSync(path.join(process.env.TMPDIR, 'browser')),
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync'],
	});
	let status = 0;

	for (const name of names) {
		const faults = [];

		if (/[^\n\t\x20-\x7e]/.test(fs.readFileSync(path.join(folder, name + '.html'), 'latin1')))
			faults.push('it is not ASCII');
		for (const view of views[name.slice(-2)])
			faults.push(...await look(browser, name, view));
		if (faults.length === 0)
			console.log(`ok page ${name} on a desk and a phone`);
		else {
			console.log(`FAILED page ${name} ${faults.join('; ').replace(/\s+/g, ' ')}`);
			status = 1;
		}
	}
	await browser.close();
	process.exitCode = status;
}

main();

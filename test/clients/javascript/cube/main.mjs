/*
 * main.mjs
 *		Cube: what its REST interface answers of a guarded fact table and of the coverage beside it is what
 *		SQL answers, before and after a change of status.
 *
 * Cube's sessions run in UTC, and so do those that it is compared with; today is any day.
 */
import assert from 'node:assert/strict';
import core from '@cubejs-backend/server-core';
import express from 'express';
import { connect, report, rows, wait } from './shared.mjs';

process.chdir(process.env.SCRATCH);
const analyst = await connect();
const loader = await connect('loader');

for (const client of [analyst, loader]) {
	await client.query(`SET timezone = 'UTC'`);
}

const app = express();
const cube = core.CubejsServerCore.create({
	dbType: 'postgres', schemaPath: 'model', telemetry: false, logger: () => {},
	checkAuth: (request) => {
		request.securityContext = {};
	},
});

await cube.initApp(app);
const server = await new Promise((resolve) => {
	const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
});

/* ask: an answer of the REST interface, waited for. */
async function ask(query) {
	for (;;) {
		const response = await fetch(`http://127.0.0.1:${server.address().port}/cubejs-api/v1/load`, {
			method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query }),
		});
		const answer = await response.json();

		if (answer.error !== 'Continue wait') {
			return answer;
		}
	}
}

/* trend: the months and their inhabitants as Cube has them; with renew it asks the refresh keys first. */
async function trend(renew, options = {}) {
	const { data, error } = await ask({
		measures: ['Borger.inhabitants'],
		dimensions: ['Coverage.name', 'Coverage.dataThrough'],
		timeDimensions: [{ dimension: 'Borger.month', granularity: 'month' }],
		order: { 'Borger.month': 'asc' },
		renewQuery: renew,
		...options,
	});

	assert.equal(error, undefined);
	return data.map((row) => [row['Coverage.name'], row['Coverage.dataThrough']?.slice(0, 10),
		row['Borger.month.month'].slice(0, 10), Number(row['Borger.inhabitants'])]);
}

/* told: the same by SQL, from the table itself and a day that is known. */
async function told(through) {
	return (await rows(analyst,
		`SELECT 'Borger', $1::text, month, sum(inhabitants) FROM facts.borger
		 WHERE month <= $1::text::date GROUP BY month ORDER BY month`, [through]))
		.map((row) => [...row.slice(0, 3), Number(row[3])]);
}

/* lastDay: the last day of the month that lies some months before one of UTC. */
function lastDay(date, months) {
	return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 0))
		.toISOString().slice(0, 10);
}

/* publish: writes a status of today, and waits until Cube asks the refresh keys again. */
async function publish(state, through) {
	await loader.query(
		`INSERT INTO flis_status (as_of, area, state, data_through)
		 VALUES (CURRENT_DATE, 'borger', $1, $2)
		 ON CONFLICT (area, as_of) DO UPDATE SET state = $1, data_through = $2`, [state, through]);
	await wait(1100);
}

const today = new Date();
// Cubes come by the 12th, and a cycle shows the month two before it.
const expected = lastDay(today, today.getUTCDate() >= 12 ? 2 : 3);
const published = lastDay(today, 5);

await report('a trend stops at the covered month, and equals that of SQL', async () => {
	const given = await trend(false);

	assert.equal(given.at(-1)[2], `${expected.slice(0, 7)}-01`);
	assert.deepEqual(given, await told(expected));
});

await report('months are the same for who asks in Danish time', async () => {
	assert.deepEqual(await trend(false, { timezone: 'Europe/Copenhagen' }), await told(expected));
});

await report('coverage equals that of SQL, Danish letters and NULL among it', async () => {
	const columns = ['area', 'name', 'dataThrough', 'state', 'complete', 'notices'];
	const { data } = await ask({
		dimensions: columns.map((column) => `Coverage.${column}`), order: { 'Coverage.area': 'asc' },
	});
	const rest = await analyst.query(
		`SELECT area, name, to_char(data_through, 'YYYY-MM-DD"T"00:00:00.000') AS "dataThrough", state,
				complete, notices
		 FROM flis_coverage(CURRENT_DATE, 'dap') ORDER BY area`);

	assert.ok(rest.rows.some(({ name, notices }) => name === 'Ældre' && /Blåbærgrød/.test(notices)));
	assert.ok(rest.rows.some((row) => row.dataThrough === null && row.complete === null));
	assert.deepEqual(
		data.map((row) => columns.map((column) => row[`Coverage.${column}`])),
		rest.rows.map((row) => columns.map((column) => row[column])));
});

await report('after a change of status the answer that renews is the new one', async () => {
	await publish('caveat', published);
	assert.deepEqual(await trend(true), await told(published));
	await publish('closed', published);
	assert.deepEqual(await trend(true), []);
});

await report('who doesn\'t renew gets the new one soon', async () => {
	let given = [];

	await loader.query(`DELETE FROM flis_status WHERE area = 'borger' AND as_of = CURRENT_DATE`);
	for (let tries = 0; given.length === 0 && tries < 50; tries++) {
		await wait(200);
		given = await trend(false);
	}
	assert.deepEqual(given, await told(expected));
});

await report('an error brings its message', async () => {
	assert.equal((await ask({ measures: ['Misspelt.through'] })).error, 'Error: unknown area "aldre"');
});

await loader.query(`DELETE FROM flis_status WHERE area = 'borger' AND as_of = CURRENT_DATE`);
await analyst.end();
await loader.end();
process.exit();

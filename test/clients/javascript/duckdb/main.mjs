/*
 * main.mjs
 *		DuckDB: what export/flis_export.sql writes says on each day what the functions say.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { report } from './shared.mjs';

const folder = process.env.SCRATCH;
const connection = await (await DuckDBInstance.create(':memory:')).connect();

/* ask: the rows of an answer, each as an array of texts. */
async function ask(text) {
	return (await connection.runAndReadAll(text)).getRows().map((row) => row.map(String));
}

await report('the plain SQL is read, twice', async () => {
	const script = readFileSync(`${folder}/flis_export.sql`, 'utf8');

	await connection.run(script);
	await connection.run(script);
	// 20 areas in three channels, of 132 months each.
	assert.deepEqual(await ask('SELECT count(*) FROM flis_months'), [[String(20 * 3 * 132)]]);
});

await report('each day of ten years is in one interval, with the answers of the functions', async () => {
	await connection.run(`CREATE TABLE truth AS SELECT * FROM read_csv('${folder}/truth.csv', header = true,
		columns = {'area': 'varchar', 'channel': 'varchar', 'day': 'date', 'data_through': 'date', 'next_release': 'date'})`);
	const days = String(20 * 3 * (10 * 365 + 2));

	assert.deepEqual(await ask(`
		SELECT (SELECT count(*) FROM truth), count(*), count(*) FILTER (
			WHERE h.data_through IS DISTINCT FROM t.data_through OR h.next_release IS DISTINCT FROM t.next_release)
		FROM truth t JOIN flis_horizon h
			ON h.area = t.area AND h.channel = t.channel AND t.day >= h.valid_from AND t.day <= h.valid_until`),
		[[days, days, '0']]);
});

await report('the CSV files have what the plain SQL has', async () => {
	for (const table of ['flis_horizon', 'flis_months']) {
		const file = `SELECT * FROM read_csv('${folder}/${table}.csv', header = true)`;

		assert.deepEqual(await ask(`
			SELECT count(*) FROM ((FROM ${table} EXCEPT ALL ${file}) UNION ALL (${file} EXCEPT ALL FROM ${table}))`),
			[['0']], table);
	}
});

await report('a report that stops at the last covered month', async () => {
	// On 10 November 2025 Borger's data packages reach September, KRL's June; DFDG is closed.
	assert.deepEqual(await ask(`
		SELECT area, max(month) FILTER (WHERE covered = 1), count(*) FILTER (WHERE in_ytd = 1),
			   count(*) FILTER (WHERE in_ytd_last_year = 1), count(*) FILTER (WHERE in_last_12 = 1)
		FROM flis_months WHERE channel = 'datapakke' AND area IN ('borger', 'krl_personale', 'dfdg')
		GROUP BY area ORDER BY area`),
		[['borger', '2025-09-01', '9', '9', '12'], ['dfdg', 'null', '0', '0', '0'],
			['krl_personale', '2025-06-01', '6', '6', '12']]);
});

connection.closeSync();

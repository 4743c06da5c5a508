/*
 * main.mjs
 *		node-postgres: types, parameters, errors and notifications arrive whole.
 *
 * Runs in Denmark's time zone, where the midnight that begins a day is still the day before in UTC.
 * The answers for 2025 follow from the deck of 30 June 2025 and the fixture's releases and notices.
 */
import assert from 'node:assert/strict';
import pg from 'pg';
import { connect, report, rows, wait } from './shared.mjs';

const analyst = await connect();
const loader = await connect('loader');

/* ask: the first row of an answer. */
async function ask(text, values) {
	return (await analyst.query(text, values)).rows[0];
}

/* refused: the error with which a statement fails. */
async function refused(client, text, values) {
	try {
		await client.query(text, values);
	} catch (error) {
		return error;
	}
	throw new Error(`no error: ${text}`);
}

/* local: the day of a Date where the program runs. */
function local(date) {
	return [date.getFullYear(), date.getMonth() + 1, date.getDate()].join('-');
}

await report('a date is by default a Date of local midnight, which as UTC is the day before', async () => {
	// The November cycle shows September; it is named by the first of November.
	const { through, cycle } = await ask(
		`SELECT flis_data_through('borger', '2025-11-10') AS through, cycle
		 FROM flis_coverage('2025-11-10') WHERE area = 'borger'`);

	assert.equal(local(through), '2025-9-30');
	assert.equal(through.toISOString(), '2025-09-29T22:00:00.000Z');
	assert.equal(local(cycle), '2025-11-1');
	assert.equal(JSON.stringify(cycle).slice(1, 8), '2025-10');
});

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

await report('with the parser of doc/tools.md a date is the text of its day', async () => {
	assert.deepEqual(await ask(
		`SELECT flis_data_through('borger', '2025-11-10') AS through, cycle, next_release
		 FROM flis_coverage('2025-11-10') WHERE area = 'borger'`),
		// December's data packages of Borger are planned for the 15th.
		{ through: '2025-09-30', cycle: '2025-11-01', next_release: '2025-12-15' });
});

await report('NULL, infinite days, booleans, integers, numerics and arrays', async () => {
	assert.deepEqual(await ask(
		`SELECT flis_data_through('dfdg', '2025-11-10') AS closed,
				flis_data_through('borger', 'infinity') AS forever,
				flis_is_available('borger', '2025-09-30', '2025-11-10') AS available,
				flis_period_like('2025-09-30', 202504) AS period,
				(SELECT lag FROM flis_rule WHERE area = 'dream' AND valid_from = '0001-01-01') AS lag,
				(SELECT aliases FROM flis_area WHERE area = 'borger') AS aliases,
				(SELECT least_reporting FROM flis_cube WHERE cube = 'facts.borger') AS share`),
		{
			closed: null, forever: 'infinity', available: true, period: 202509, lag: 4, aliases: [],
			share: '0.9',
		});
});

await report('a range is the text of its days, the last one excluded', async () => {
	// DREAM comes 14 to 21 days before the 10th of July.
	assert.deepEqual(await ask(
		`SELECT flis_release_window('dream', '2025-07-01') AS range,
				upper(flis_release_window('dream', '2025-07-01')) - 1 AS closes`),
		{ range: '[2025-06-19,2025-06-27)', closes: '2025-06-26' });
	assert.deepEqual(await ask(
		`SELECT window_opens, window_closes FROM flis_release_calendar('2025-06-20', '2025-06-30')
		 WHERE area = 'dream'`),
		{ window_opens: '2025-06-19', window_closes: '2025-06-26' });
});

await report('named statements with text, date and text[] parameters', async () => {
	const statement = {
		name: 'reach',
		text: `SELECT flis_data_through($1, $2, $3) AS through, flis_common_through($4, $2) AS common`,
	};
	const areas = ['borger', 'krl_personale', 'dream'];

	// The cubes of November came on the 11th, KRL and DREAM show June from the 10th on at the latest.
	for (const [day, through, common] of [
		['2025-11-10', '2025-08-31', '2025-06-30'],
		['2025-11-11', '2025-09-30', '2025-06-30'],
		[new Date(2025, 10, 11), '2025-09-30', '2025-06-30'],
		[null, null, null],
	]) {
		assert.deepEqual(await ask({ ...statement, values: ['Borger', day, 'dap', areas] }),
			{ through, common });
	}
});

await report('Danish letters in names of columns, values and parameters', async () => {
	const overview = await analyst.query('SELECT * FROM flis_oversigt');

	assert.deepEqual(overview.fields.map((field) => field.name),
		['Dataområde', 'Opdateringsfrekvens', 'Data t.o.m.', 'Kilde', 'Drift']);
	assert.equal(overview.rows[1]['Dataområde'], 'Økonomi');
	assert.deepEqual(await ask('SELECT area, note FROM flis_notice_board($1) WHERE area = $2',
		['2025-11-10', 'aeldre']),
		{ area: 'aeldre', note: 'Blåbærgrød: æøå ÆØÅ, "citat", \'apostrof\', 100 % og 5 €' });
	assert.deepEqual(await ask('SELECT flis_data_through($1, $2) AS through', ['ældre', '2025-11-10']),
		{ through: '2025-09-30' });
});

await report('each view of the extension, value by value', async () => {
	const views = await rows(analyst,
		`SELECT c.relname FROM pg_class c JOIN pg_depend d ON d.objid = c.oid AND d.deptype = 'e'
		 WHERE d.classid = 'pg_class'::regclass AND c.relkind = 'v'
			   AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
			   AND obj_description(c.oid, 'pg_class') !~ '^Internal'
			   AND has_table_privilege(c.oid, 'SELECT') ORDER BY c.relname`);

	assert.ok(views.length >= 3);
	for (const [view] of views) {
		const given = await analyst.query(`SELECT * FROM ${view}`);
		const told = await analyst.query(`SELECT to_jsonb(v) AS row FROM ${view} v`);

		assert.ok(given.rows.length > 0, `${view} has no rows`);
		// node-postgres gives bigint and numeric as texts, which to_jsonb() writes as numbers, and an
		// instant as a Date.
		for (const { name, dataTypeID } of given.fields) {
			if (dataTypeID === pg.types.builtins.TIMESTAMPTZ) {
				told.rows.forEach(({ row }) => {
					row[name] = row[name] === null ? null : new Date(row[name]);
				});
			}
			if ([pg.types.builtins.INT8, pg.types.builtins.NUMERIC].includes(dataTypeID)) {
				given.rows.forEach((row) => {
					row[name] = row[name] === null ? null : Number(row[name]);
				});
			}
		}
		assert.deepEqual(given.rows, told.rows.map(({ row }) => row), view);
	}
});

await report('an error brings its SQLSTATE, message and hint', async () => {
	const wanted = [
		[`SELECT flis_data_through('aldre')`, '22023', 'unknown area "aldre"',
			'Perhaps you meant "aeldre".'],
		[`SELECT flis_data_through('borger', '0001-01-01 BC')`, '22008', 'day out of range: "0001-01-01 BC"',
			undefined],
	];

	for (const [text, code, message, hint] of wanted) {
		const error = await refused(analyst, text);

		assert.deepEqual([error.code, error.message, error.hint], [code, message, hint]);
	}
	assert.equal((await refused(analyst,
		`INSERT INTO flis_status (as_of, area) VALUES ('2025-07-31', 'borger')`)).code, '42501');
	assert.equal((await refused(loader,
		`INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-31', 'borger', '2025-08-31')`
	)).constraint, 'flis_status_data_through_is_not_after_as_of');
});

await report('who listens hears of a change when it is committed, and sees it', async () => {
	const heard = [];
	const reach = { name: 'reach of vh', text: `SELECT flis_data_through('vh', '2025-08-01') AS through` };

	analyst.on('notification', ({ channel, payload }) => heard.push([channel, JSON.parse(payload)]));
	await analyst.query('LISTEN flis');
	// VH was level on 30 June; the release of 10 July brought May.
	assert.deepEqual(await ask(reach), { through: '2025-05-31' });

	await loader.query('BEGIN');
	await loader.query(
		`INSERT INTO flis_status (as_of, area, data_through) VALUES ('2025-07-31', 'vh', '2025-04-30')`);
	assert.deepEqual(await ask(reach), { through: '2025-05-31' });
	assert.deepEqual(heard, []);
	await loader.query('COMMIT');
	for (let tries = 0; heard.length === 0 && tries < 100; tries++) {
		await wait(50);
	}
	assert.deepEqual(heard, [['flis', { area: 'vh', what: 'status', as_of: '2025-07-31' }]]);
	assert.deepEqual(await ask(reach), { through: '2025-04-30' });
});

await loader.query(`DELETE FROM flis_status WHERE as_of = '2025-07-31'`);
await analyst.end();
await loader.end();

/*
 * main.mjs
 *		PostGraphile: flis as GraphQL, over HTTP, with --include-extension-resources and by a schema of
 *		the warehouse's own (api.sql).
 *
 * The answers for 2025 follow from the deck of 30 June 2025 and the fixture's releases and notices.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import pg from 'pg';
import { postgraphile } from 'postgraphile';
import { connect, report, rows } from './shared.mjs';

const analyst = await connect();
const servers = [];

/* serve: starts a server with a schema, on loopback, and returns what asks it. */
async function serve(schema, options) {
	const pool = new pg.Pool();
	const server = http.createServer(postgraphile(pool, schema, {
		ignoreRBAC: false, disableQueryLog: true, retryOnInitFail: false,
		extendedErrors: ['errcode', 'hint'], ...options,
	}));

	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	servers.push(async () => {
		server.closeAllConnections();
		server.close();
		await pool.end();
	});
	return async (query, variables = {}) => {
		const answer = await fetch(`http://127.0.0.1:${server.address().port}/graphql`, {
			method: 'POST', headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ query, variables }),
		});

		return answer.json();
	};
}

/* data: what was asked for; throws what went wrong instead. */
async function data(ask, query, variables) {
	const answer = await ask(query, variables);

	assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
	return answer.data;
}

/* fields: the fields of a type, as an object of their descriptions by name. */
async function fields(ask, type) {
	const answer = await data(ask,
		'query ($type: String!) { __type(name: $type) { fields { name description } } }', { type });

	return Object.fromEntries((answer.__type?.fields ?? []).map((field) => [field.name, field.description]));
}

/* camel: a name of SQL as PostGraphile writes it. */
function camel(name) {
	return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}

const all = await serve('metadata', { includeExtensionResources: true });
const own = await serve('api', {});

await report('each function is a query or a mutation, with its comment', async () => {
	const queries = await fields(all, 'Query');
	const mutations = await fields(all, 'Mutation');
	// PostGraphile leaves out what has two forms, and what returns nothing that a client could read.
	const functions = await rows(analyst,
		`SELECT p.proname, p.provolatile, obj_description(p.oid, 'pg_proc')
		 FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.deptype = 'e'
		 WHERE d.classid = 'pg_proc'::regclass
			   AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'flis')
			   AND p.prokind = 'f' AND has_function_privilege(p.oid, 'EXECUTE')
			   AND obj_description(p.oid, 'pg_proc') NOT LIKE 'Internal%'
			   AND p.prorettype <> 'trigger'::regtype
			   AND (SELECT count(*) FROM pg_proc o
					WHERE o.pronamespace = p.pronamespace AND o.proname = p.proname) = 1`);

	assert.ok(functions.length >= 15);
	for (const [name, volatility, comment] of functions) {
		assert.equal((volatility === 'v' ? mutations : queries)[camel(name)], comment, name);
	}
});

await report('each table and view is a query, its columns are fields with their comments', async () => {
	const queries = await fields(all, 'Query');

	for (const name of ['Areas', 'Channels', 'Rules', 'Releases', 'Statuses', 'Notices', 'Municipalities',
		'Cubes', 'Waivers', 'Oversigts', 'RuleDifferences', 'Punctualities']) {
		assert.ok(`allFlis${name}` in queries, name);
	}
	assert.equal((await fields(all, 'FlisRule')).lag,
		'Whole periods skipped: with lag 1 the November cycle carries September.');
});

await report('values equal those of SQL, Danish letters and NULL among them', async () => {
	assert.deepEqual(await data(all, `{
			flisDataThrough(area: "Borger", onDay: "2025-11-11", channel: "dap")
			flisCommonThrough(areas: ["borger", "krl_personale", "dream"], onDay: "2025-11-10")
			flisReleaseWindow(area: "dream", cycle: "2025-07-01") {
				start { value inclusive } end { value inclusive }
			}
			closed: flisDataThrough(area: "dfdg", onDay: "2025-11-10")
			flisAreaByArea(area: "aeldre") { name areaGroup aliases shipped }
		}`), {
		// Borger's cubes of November came on the 11th; DREAM comes 14 to 21 days before the 10th of July.
		flisDataThrough: '2025-09-30',
		flisCommonThrough: '2025-06-30',
		flisReleaseWindow: {
			start: { value: '2025-06-19', inclusive: true }, end: { value: '2025-06-27', inclusive: false },
		},
		closed: null,
		flisAreaByArea: { name: 'Ældre', areaGroup: 'Tværgående', aliases: [], shipped: true },
	});
	assert.deepEqual(
		(await data(all, '{ flisNoticeBoard(onDay: "2025-11-10") { nodes { area note state } } }'))
			.flisNoticeBoard.nodes.filter(({ area }) => area === 'aeldre'),
		[{
			area: 'aeldre', state: 'in_force',
			note: 'Blåbærgrød: æøå ÆØÅ, "citat", \'apostrof\', 100 % og 5 €',
		}]);

	const given = await data(all, `{
			flisCoverage(onDay: "2025-11-10") {
				nodes { area name dataThrough basis complete benchmarkable periodsAhead nextRelease notices }
			}
			allFlisOversigts { nodes { dataomrade opdateringsfrekvens dataTOM kilde drift } }
		}`);
	const told = await analyst.query(
		`SELECT (SELECT json_agg(json_build_object('area', area, 'name', name, 'dataThrough', data_through,
							'basis', basis, 'complete', complete, 'benchmarkable', benchmarkable,
							'periodsAhead', periods_ahead, 'nextRelease', next_release, 'notices', notices))
				 FROM flis_coverage('2025-11-10')) AS coverage,
				(SELECT json_agg(json_build_object('dataomrade', "Dataområde", 'opdateringsfrekvens',
							"Opdateringsfrekvens", 'dataTOM', "Data t.o.m.", 'kilde', "Kilde", 'drift', "Drift"))
				 FROM flis_oversigt) AS overview`);

	assert.ok(given.flisCoverage.nodes.length >= 20);
	assert.deepEqual(given.flisCoverage.nodes, told.rows[0].coverage);
	assert.deepEqual(given.allFlisOversigts.nodes, told.rows[0].overview);
});

await report('an error brings its SQLSTATE, message and hint', async () => {
	const { errors, data: rest } = await all('{ flisDataThrough(area: "aldre") }');

	assert.equal(rest.flisDataThrough, null);
	assert.deepEqual([errors[0].errcode, errors[0].message, errors[0].hint],
		['22023', 'unknown area "aldre"', 'Perhaps you meant "aeldre".']);
});

await report('who may not write is offered no table to write, and refused by functions', async () => {
	const mutations = Object.keys(await fields(all, 'Mutation'));
	const deck = await readFile(`${process.env.CLIENTS}/../data/deck-places.tsv`, 'utf8');
	const { errors } = await all(
		`mutation ($deck: String!) {
			flisImportOverview(input: { deck: $deck, year: 2024 }) { results { area } }
		}`, { deck });

	assert.deepEqual(mutations.filter((name) => /^(create|update|delete)/.test(name)), []);
	assert.equal(errors[0].errcode, '42501', JSON.stringify(errors));
});

await report('a schema of one\'s own needs no option: view, key, function, facts and their area', async () => {
	const through = await rows(analyst, `SELECT flis_data_through('borger')`);

	assert.equal((await fields(own, 'Query')).dataThrough, 'Last day that may be shown.');
	assert.equal((await fields(own, 'Coverage')).dataThrough, 'Last day that may be shown.');
	assert.deepEqual(await data(own, `{
			dataThrough(area: "borger", onDay: "2025-11-10")
			coverageByArea(area: "borger") { name dataThrough }
			allBorgers(first: 1, orderBy: MONTH_DESC) { nodes { coverageByArea { name } } }
		}`), {
		dataThrough: '2025-09-30',
		coverageByArea: { name: 'Borger', dataThrough: through[0][0] },
		allBorgers: { nodes: [{ coverageByArea: { name: 'Borger' } }] },
	});
});

for (const stop of servers) {
	await stop();
}
await analyst.end();

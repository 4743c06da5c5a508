/*
 * shared.mjs
 *		What the JavaScript clients share: a line a test, and sessions of the warehouse's two roles.
 */
import pg from 'pg';

/* report: prints whether a test went through, on one line. */
export async function report(what, test) {
	try {
		await test();
		console.log(`ok ${what}`);
	} catch (error) {
		console.log(`FAILED ${what}: ${String(error.message).replace(/\s+/g, ' ').slice(0, 600)}`);
	}
}

/* connect: opens a session of a role, by default the analyst; the server is the one of the environment. */
export async function connect(user = process.env.PGUSER) {
	const client = new pg.Client({ user, options: '-c search_path=metadata' });

	await client.connect();
	return client;
}

/* rows: asks and returns the rows, each as an array of texts as the server writes them. */
export async function rows(client, text, values = []) {
	const types = { getTypeParser: () => (value) => value };

	return (await client.query({ text, values, types, rowMode: 'array' })).rows;
}

/* wait: lets some milliseconds pass. */
export function wait(milliseconds) {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

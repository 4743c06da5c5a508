/*
 * warehouse.js
 *		A guarded fact table, and how far each area reaches beside it.
 *
 * Cube keeps an answer as long as the answer of refreshKey's statement is the same, and asks that anew
 * after the time in every.
 */
cube(`Borger`, {
	sql: `SELECT 'borger' AS area, b.* FROM reports.borger b`,
	refreshKey: {
		sql: `SELECT metadata.flis_data_through('borger', CURRENT_DATE, 'dap')`,
		every: `1 second`,
	},
	joins: {
		Coverage: { relationship: `belongsTo`, sql: `${CUBE}.area = ${Coverage}.area` },
	},
	measures: {
		inhabitants: { sql: `inhabitants`, type: `sum` },
	},
	dimensions: {
		key: {
			sql: `concat_ws(' ', ${CUBE}.month, ${CUBE}.municipality, ${CUBE}.age_group)`,
			type: `string`,
			primaryKey: true,
		},
		month: { sql: `month`, type: `time` },
		ageGroup: { sql: `age_group`, type: `string` },
	},
});

cube(`Coverage`, {
	sql: `SELECT * FROM metadata.flis_coverage_today WHERE channel = 'dap'`,
	refreshKey: {
		sql: `SELECT CURRENT_DATE, generation FROM metadata.flis_generation`,
		every: `1 second`,
	},
	measures: {
		areas: { type: `count` },
	},
	dimensions: {
		area: { sql: `area`, type: `string`, primaryKey: true, shown: true },
		name: { sql: `name`, type: `string` },
		dataThrough: { sql: `data_through`, type: `time` },
		state: { sql: `state`, type: `string` },
		complete: { sql: `complete`, type: `boolean` },
		notices: { sql: `notices`, type: `string` },
	},
});

cube(`Misspelt`, {
	sql: `SELECT metadata.flis_data_through('aldre') AS through`,
	measures: {
		through: { sql: `through`, type: `max` },
	},
});

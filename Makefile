# flis: how far Danish municipal data reach
#
#	make && sudo make install && make installcheck
#
# builds against the server of PG_CONFIG and tests on the server that is running; where clang is
# missing, add with_llvm=no to all three.  test/check does all of it on a server of its own.

EXTENSION = flis
MODULE_big = flis
PGFILEDESC = "flis - how far Danish municipal data reach"

OBJS = \
	src/account.o \
	src/aggregate.o \
	src/attempt.o \
	src/calendar.o \
	src/completeness.o \
	src/coverage.o \
	src/cube.o \
	src/deck.o \
	src/deck_align.o \
	src/deck_columns.o \
	src/deck_flow.o \
	src/deck_grid.o \
	src/deck_match.o \
	src/deck_measure.o \
	src/deck_note.o \
	src/deck_slides.o \
	src/deck_source.o \
	src/deck_text.o \
	src/dialect.o \
	src/draw.o \
	src/explain.o \
	src/fact.o \
	src/form.o \
	src/functions.o \
	src/generation.o \
	src/guard.o \
	src/html.o \
	src/ics.o \
	src/import.o \
	src/kept.o \
	src/labels.o \
	src/lend.o \
	src/listings.o \
	src/measure.o \
	src/memo.o \
	src/module.o \
	src/municipality.o \
	src/names.o \
	src/notice.o \
	src/notices.o \
	src/notify.o \
	src/page.o \
	src/page_areas.o \
	src/page_differences.o \
	src/page_frame.o \
	src/page_notices.o \
	src/page_releases.o \
	src/page_style.o \
	src/page_words.o \
	src/period.o \
	src/period_functions.o \
	src/periods.o \
	src/picture.o \
	src/query.o \
	src/record.o \
	src/references.o \
	src/registry.o \
	src/release_ics.o \
	src/releases.o \
	src/reporting.o \
	src/reread.o \
	src/revision.o \
	src/row.o \
	src/rule.o \
	src/scan.o \
	src/schedule.o \
	src/selftest.o \
	src/site.o \
	src/spelling.o \
	src/status_deck.o \
	src/subject.o \
	src/support.o \
	src/tables.o \
	src/tally.o \
	src/timeline.o \
	src/timeline_build.o \
	src/triggers.o \
	src/verdict.o \
	src/wording.o \
	src/words.o

DATA = $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/sql/flis--*.sql))
DOCS = doc/flis.md doc/operation.md doc/sharding.md doc/tools.md

# The inputs are in test/sql and test/isolation/specs, the answers in expected and
# test/isolation/expected.
REGRESS_OPTS = --inputdir=$(srcdir)/test --encoding=UTF8
REGRESS = \
	install \
	calendar \
	period \
	form \
	rules \
	golden \
	tables \
	cache \
	spelling \
	invariants \
	deck \
	import \
	coverage \
	explain \
	releases \
	notices \
	page \
	words \
	rights \
	arguments \
	triggers \
	altered \
	selftest \
	pruning \
	guard \
	verdict \
	cubes \
	shapes \
	reporting \
	standards \
	views

ISOLATION_OPTS = --inputdir=$(srcdir)/test/isolation --encoding=UTF8
ISOLATION = \
	cubes \
	import \
	key \
	notify \
	read_committed \
	record \
	references \
	repeatable_read \
	rollback_to \
	schema_owner \
	serializable \
	truncate \
	writers

TAP_TESTS := $(if $(wildcard test/tap/*.pl),1)
PROVE_TESTS = test/tap/*.pl

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# PGXS takes away DOCS under the name that they have here, with the folder.
.PHONY: uninstall-doc
uninstall: uninstall-doc
uninstall-doc:
	rm -f $(addprefix '$(DESTDIR)$(docdir)/$(docmoduledir)'/, $(notdir $(DOCS)))

# The reference, from the comments in the database that psql connects to, which has this version.
.PHONY: doc
doc:
	psql -XAtq -f $(srcdir)/doc/reference.sql -o $(srcdir)/doc/flis.md

# The distribution for PGXN: what is committed, under the version of flis.control in three parts.
DISTRIBUTION = flis-$(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" flis.control | \
	sed 's/^[0-9]*\.[0-9]*$$/&.0/')
.PHONY: dist
dist:
	@git ls-files --error-unmatch META.json >/dev/null 2>&1 || \
		{ echo 'make dist: this is no git checkout; the distribution is made of what is committed' >&2; exit 1; }
	@git diff --quiet HEAD || \
		{ echo 'make dist: commit first; what is not committed would be left out' >&2; exit 1; }
	TZ=UTC git archive --format=zip --prefix=$(DISTRIBUTION)/ --output=$(DISTRIBUTION).zip HEAD

# What the objects are made of besides their own source.
src/account.o: src/account.h src/compat.h src/coverage.h src/fingerprint.h src/kept.h src/memo.h \
	src/model.h src/names.h src/notice.h src/notices.h src/registry.h src/rule.h src/spelling.h \
	src/tables.h src/timeline.h src/wording.h src/words.h
src/aggregate.o: src/aggregate.h src/compat.h src/dialect.h src/form.h src/model.h src/period.h \
	src/tally.h src/words.h
src/attempt.o: src/attempt.h
src/calendar.o: src/calendar.h src/model.h
src/completeness.o: src/completeness.h src/model.h src/tally.h
src/coverage.o: src/coverage.h src/model.h src/rule.h src/timeline.h
src/cube.o: src/attempt.h src/compat.h src/coverage.h src/cube.h src/dialect.h src/fact.h \
	src/fingerprint.h src/form.h src/functions.h src/kept.h src/measure.h src/memo.h src/model.h \
	src/municipality.h src/names.h src/period.h src/registry.h src/row.h src/spelling.h \
	src/subject.h src/tables.h src/tally.h src/timeline.h src/verdict.h src/wording.h src/words.h
src/deck.o: src/calendar.h src/deck.h src/deck_columns.h src/deck_flow.h src/deck_match.h \
	src/deck_note.h src/deck_slides.h src/deck_text.h src/model.h src/words.h
src/deck_align.o: src/deck.h src/deck_align.h src/deck_match.h src/deck_note.h src/deck_text.h \
	src/model.h
src/deck_columns.o: src/deck.h src/deck_columns.h src/deck_grid.h src/deck_match.h \
	src/deck_measure.h src/deck_source.h src/deck_text.h src/model.h
src/deck_flow.o: src/deck.h src/deck_flow.h src/deck_match.h src/deck_source.h src/deck_text.h \
	src/model.h
src/deck_grid.o: src/deck.h src/deck_align.h src/deck_grid.h src/deck_match.h src/deck_source.h \
	src/deck_text.h src/model.h
src/deck_match.o: src/deck.h src/deck_match.h src/deck_text.h src/model.h src/words.h
src/deck_measure.o: src/deck.h src/deck_grid.h src/deck_match.h src/deck_measure.h \
	src/deck_text.h src/model.h src/words.h
src/deck_note.o: src/deck.h src/deck_note.h src/model.h src/words.h
src/deck_slides.o: src/calendar.h src/deck.h src/deck_grid.h src/deck_match.h src/deck_measure.h \
	src/deck_slides.h src/deck_text.h src/model.h src/words.h
src/deck_source.o: src/deck.h src/deck_grid.h src/deck_match.h src/deck_measure.h \
	src/deck_note.h src/deck_source.h src/deck_text.h src/model.h
src/deck_text.o: src/deck.h src/deck_text.h src/model.h src/words.h
src/dialect.o: src/calendar.h src/compat.h src/dialect.h src/form.h src/model.h src/period.h \
	src/rule.h
src/draw.o: src/compat.h src/draw.h src/generation.h src/lend.h src/triggers.h
src/explain.o: src/compat.h src/coverage.h src/explain.h src/fingerprint.h src/functions.h \
	src/kept.h src/memo.h src/model.h src/names.h src/notice.h src/notices.h src/registry.h \
	src/rule.h src/spelling.h src/tables.h src/timeline.h src/wording.h src/words.h
src/fact.o: src/compat.h src/dialect.h src/fact.h src/form.h src/model.h src/names.h src/period.h \
	src/scan.h src/tables.h src/words.h
src/form.o: src/calendar.h src/form.h src/model.h src/period.h
src/functions.o: src/calendar.h src/compat.h src/coverage.h src/fingerprint.h src/functions.h \
	src/kept.h src/memo.h src/model.h src/names.h src/registry.h src/rule.h src/site.h \
	src/spelling.h src/tables.h src/timeline.h
src/generation.o: src/compat.h src/generation.h
src/guard.o: src/calendar.h src/compat.h src/coverage.h src/dialect.h src/fact.h \
	src/fingerprint.h src/form.h src/kept.h src/measure.h src/memo.h src/model.h src/municipality.h \
	src/period.h src/registry.h src/spelling.h src/subject.h src/tables.h src/tally.h src/timeline.h \
	src/verdict.h
src/html.o: src/html.h
src/ics.o: src/ics.h
src/import.o: src/compat.h src/deck.h src/model.h src/status_deck.h
src/kept.o: src/kept.h src/model.h src/notice.h src/tables.h
src/labels.o: src/model.h src/row.h src/words.h
src/lend.o: src/compat.h src/lend.h
src/listings.o: src/account.h src/compat.h src/coverage.h src/fingerprint.h src/functions.h \
	src/kept.h src/memo.h src/model.h src/names.h src/notice.h src/notices.h src/registry.h \
	src/row.h src/rule.h src/spelling.h src/tables.h src/timeline.h src/words.h
src/measure.o: src/aggregate.h src/completeness.h src/coverage.h src/dialect.h src/fact.h \
	src/form.h src/measure.h src/model.h src/municipality.h src/period.h src/periods.h src/rule.h \
	src/subject.h src/tables.h src/tally.h src/timeline.h src/verdict.h
src/memo.o: src/coverage.h src/kept.h src/memo.h src/model.h src/tables.h src/timeline.h
src/municipality.o: src/model.h src/municipality.h src/notice.h src/scan.h src/tables.h \
	src/tally.h src/words.h
src/names.o: src/compat.h src/model.h src/names.h src/tables.h src/words.h
src/notice.o: src/model.h src/notice.h
src/notices.o: src/compat.h src/fingerprint.h src/functions.h src/kept.h src/memo.h src/model.h \
	src/notice.h src/notices.h src/registry.h src/row.h src/spelling.h src/tables.h src/timeline.h \
	src/words.h
src/notify.o: src/model.h src/triggers.h
src/page.o: src/account.h src/compat.h src/coverage.h src/cube.h src/dialect.h src/fact.h \
	src/fingerprint.h src/form.h src/functions.h src/html.h src/kept.h src/measure.h src/memo.h \
	src/model.h src/municipality.h src/names.h src/notice.h src/notices.h src/page.h \
	src/page_words.h src/period.h src/picture.h src/registry.h src/spelling.h src/subject.h \
	src/tables.h src/tally.h src/timeline.h src/verdict.h
src/page_areas.o: src/account.h src/compat.h src/coverage.h src/fingerprint.h src/html.h \
	src/kept.h src/memo.h src/model.h src/notice.h src/notices.h src/page.h src/page_words.h \
	src/picture.h src/registry.h src/spelling.h src/tables.h src/timeline.h src/verdict.h
src/page_differences.o: src/account.h src/compat.h src/coverage.h src/explain.h \
	src/fingerprint.h src/html.h src/kept.h src/memo.h src/model.h src/names.h src/notice.h \
	src/notices.h src/page.h src/page_words.h src/picture.h src/registry.h src/spelling.h \
	src/tables.h src/timeline.h src/verdict.h src/words.h
src/page_frame.o: src/account.h src/compat.h src/coverage.h src/fingerprint.h src/html.h \
	src/kept.h src/memo.h src/model.h src/names.h src/notice.h src/notices.h src/page.h \
	src/page_words.h src/picture.h src/registry.h src/spelling.h src/tables.h src/timeline.h \
	src/verdict.h src/wording.h src/words.h
src/page_notices.o: src/account.h src/compat.h src/coverage.h src/fingerprint.h src/html.h \
	src/kept.h src/memo.h src/model.h src/municipality.h src/notice.h src/notices.h src/page.h \
	src/page_words.h src/picture.h src/registry.h src/spelling.h src/tables.h src/tally.h \
	src/timeline.h src/verdict.h src/wording.h src/words.h
src/page_releases.o: src/account.h src/compat.h src/coverage.h src/fingerprint.h src/html.h \
	src/kept.h src/memo.h src/model.h src/names.h src/notice.h src/notices.h src/page.h \
	src/page_words.h src/picture.h src/registry.h src/releases.h src/schedule.h src/spelling.h \
	src/tables.h src/timeline.h src/verdict.h src/wording.h src/words.h
src/page_style.o: src/account.h src/coverage.h src/html.h src/model.h src/notice.h src/notices.h \
	src/page.h src/page_words.h src/picture.h src/tables.h src/timeline.h src/verdict.h
src/page_words.o: src/page_words.h
src/period.o: src/calendar.h src/model.h src/period.h
src/period_functions.o: src/compat.h src/form.h src/functions.h src/model.h src/names.h \
	src/period.h src/tables.h
src/periods.o: src/aggregate.h src/dialect.h src/fact.h src/form.h src/model.h src/period.h \
	src/periods.h src/query.h src/tally.h
src/picture.o: src/calendar.h src/html.h src/model.h src/picture.h src/words.h
src/query.o: src/query.h
src/record.o: src/compat.h src/coverage.h src/fingerprint.h src/functions.h src/kept.h \
	src/memo.h src/model.h src/registry.h src/releases.h src/rule.h src/schedule.h src/spelling.h \
	src/tables.h src/timeline.h
src/references.o: src/model.h src/tables.h src/triggers.h
src/registry.o: src/compat.h src/fingerprint.h src/generation.h src/kept.h src/memo.h \
	src/model.h src/names.h src/registry.h src/spelling.h src/tables.h src/timeline.h
src/release_ics.o: src/calendar.h src/compat.h src/fingerprint.h src/functions.h src/ics.h \
	src/kept.h src/memo.h src/model.h src/names.h src/registry.h src/releases.h src/revision.h \
	src/schedule.h src/spelling.h src/tables.h src/timeline.h src/wording.h
src/releases.o: src/compat.h src/fingerprint.h src/functions.h src/kept.h src/memo.h src/model.h \
	src/registry.h src/releases.h src/row.h src/schedule.h src/spelling.h src/tables.h \
	src/timeline.h src/words.h
src/reporting.o: src/compat.h src/coverage.h src/dialect.h src/fact.h src/fingerprint.h \
	src/form.h src/functions.h src/kept.h src/measure.h src/memo.h src/model.h src/municipality.h \
	src/period.h src/registry.h src/row.h src/rule.h src/spelling.h src/subject.h src/tables.h \
	src/tally.h src/timeline.h src/verdict.h
src/reread.o: src/model.h src/tables.h
src/revision.o: src/compat.h src/lend.h src/model.h src/revision.h src/scan.h src/triggers.h \
	src/words.h
src/row.o: src/model.h src/names.h src/row.h src/tables.h
src/rule.o: src/calendar.h src/model.h src/rule.h
src/scan.o: src/compat.h src/model.h src/scan.h src/words.h
src/schedule.o: src/model.h src/rule.h src/schedule.h src/timeline.h
src/selftest.o: src/calendar.h src/compat.h src/fingerprint.h src/functions.h src/kept.h \
	src/memo.h src/model.h src/names.h src/registry.h src/row.h src/rule.h src/spelling.h \
	src/tables.h src/timeline.h
src/site.o: src/compat.h src/fingerprint.h src/kept.h src/memo.h src/model.h src/registry.h \
	src/site.h src/spelling.h src/tables.h src/timeline.h
src/spelling.o: src/compat.h src/kept.h src/memo.h src/model.h src/spelling.h src/tables.h \
	src/timeline.h
src/status_deck.o: src/compat.h src/deck.h src/fingerprint.h src/kept.h src/memo.h src/model.h \
	src/names.h src/registry.h src/spelling.h src/status_deck.h src/tables.h src/timeline.h \
	src/words.h
src/subject.o: src/compat.h src/fact.h src/fingerprint.h src/kept.h src/memo.h src/model.h \
	src/municipality.h src/registry.h src/spelling.h src/subject.h src/tables.h src/tally.h \
	src/timeline.h
src/tables.o: src/model.h src/scan.h src/tables.h src/words.h
src/tally.o: src/model.h src/tally.h
src/timeline.o: src/model.h src/rule.h src/timeline.h
src/timeline_build.o: src/model.h src/rule.h src/timeline.h
src/triggers.o: src/compat.h src/draw.h src/generation.h src/triggers.h
src/verdict.o: src/coverage.h src/model.h src/rule.h src/timeline.h src/verdict.h
src/wording.o: src/calendar.h src/model.h src/rule.h src/wording.h src/words.h
src/words.o: src/model.h src/words.h

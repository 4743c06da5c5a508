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
	src/calendar.o \
	src/coverage.o \
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
	src/draw.o \
	src/explain.o \
	src/functions.o \
	src/generation.o \
	src/import.o \
	src/listings.o \
	src/memo.o \
	src/module.o \
	src/names.o \
	src/notice.o \
	src/notices.o \
	src/notify.o \
	src/period.o \
	src/references.o \
	src/registry.o \
	src/row.o \
	src/rule.o \
	src/scan.o \
	src/spelling.o \
	src/status_deck.o \
	src/support.o \
	src/tables.o \
	src/timeline.o \
	src/triggers.o \
	src/wording.o \
	src/words.o

DATA = sql/flis--1.0.sql

# The inputs are in test/sql and test/isolation/specs, the answers in expected and
# test/isolation/expected.
REGRESS_OPTS = --inputdir=$(srcdir)/test --encoding=UTF8
REGRESS = \
	install \
	calendar \
	period \
	rules \
	golden \
	tables \
	cache \
	invariants \
	deck \
	import \
	coverage \
	explain \
	notices \
	rights \
	arguments \
	triggers \
	pruning

ISOLATION_OPTS = --inputdir=$(srcdir)/test/isolation --encoding=UTF8
ISOLATION = \
	import \
	notify \
	read_committed \
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

# What the objects are made of besides their own source.
src/calendar.o: src/calendar.h src/model.h
src/coverage.o: src/coverage.h src/model.h src/rule.h src/timeline.h
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
src/draw.o: src/compat.h src/draw.h src/generation.h src/triggers.h
src/explain.o: src/compat.h src/coverage.h src/fingerprint.h src/functions.h src/memo.h \
	src/model.h src/names.h src/notice.h src/notices.h src/registry.h src/rule.h src/spelling.h \
	src/tables.h src/timeline.h src/wording.h src/words.h
src/functions.o: src/calendar.h src/compat.h src/coverage.h src/fingerprint.h src/functions.h \
	src/memo.h src/model.h src/names.h src/period.h src/registry.h src/rule.h src/spelling.h \
	src/tables.h src/timeline.h
src/generation.o: src/compat.h src/generation.h
src/import.o: src/compat.h src/deck.h src/model.h src/status_deck.h
src/listings.o: src/compat.h src/coverage.h src/fingerprint.h src/functions.h src/memo.h \
	src/model.h src/names.h src/notice.h src/notices.h src/registry.h src/row.h src/rule.h \
	src/spelling.h src/tables.h src/timeline.h src/wording.h src/words.h
src/memo.o: src/coverage.h src/memo.h src/model.h src/timeline.h
src/names.o: src/compat.h src/model.h src/names.h src/tables.h src/words.h
src/notice.o: src/model.h src/notice.h
src/notices.o: src/compat.h src/fingerprint.h src/functions.h src/memo.h src/model.h \
	src/notice.h src/notices.h src/registry.h src/row.h src/spelling.h src/tables.h src/timeline.h \
	src/words.h
src/notify.o: src/model.h src/triggers.h
src/period.o: src/calendar.h src/model.h src/period.h
src/references.o: src/model.h src/tables.h src/triggers.h
src/registry.o: src/compat.h src/fingerprint.h src/generation.h src/memo.h src/model.h \
	src/names.h src/notice.h src/registry.h src/spelling.h src/tables.h src/timeline.h
src/row.o: src/model.h src/names.h src/row.h src/tables.h
src/rule.o: src/calendar.h src/model.h src/rule.h
src/scan.o: src/compat.h src/model.h src/scan.h src/words.h
src/spelling.o: src/compat.h src/memo.h src/model.h src/spelling.h src/timeline.h
src/status_deck.o: src/compat.h src/deck.h src/fingerprint.h src/memo.h src/model.h src/names.h \
	src/registry.h src/spelling.h src/status_deck.h src/tables.h src/timeline.h src/words.h
src/tables.o: src/model.h src/scan.h src/tables.h src/words.h
src/timeline.o: src/model.h src/rule.h src/timeline.h
src/triggers.o: src/compat.h src/draw.h src/generation.h src/triggers.h
src/wording.o: src/calendar.h src/model.h src/rule.h src/wording.h src/words.h
src/words.o: src/model.h src/words.h

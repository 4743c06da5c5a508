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
	src/base/calendar.o \
	src/base/enum_labels.o \
	src/base/module.o \
	src/base/period.o \
	src/base/period_format.o \
	src/rules/completeness.o \
	src/rules/coverage.o \
	src/rules/date_text.o \
	src/rules/municipal.o \
	src/rules/notice.o \
	src/rules/period_counts.o \
	src/rules/rule.o \
	src/rules/schedule.o \
	src/rules/timeline.o \
	src/rules/timeline_build.o \
	src/rules/verdict.o \
	src/markup/html.o \
	src/markup/ics.o \
	src/markup/svg.o \
	src/deck/deck.o \
	src/deck/deck_border.o \
	src/deck/deck_cells.o \
	src/deck/deck_flow.o \
	src/deck/deck_geometry.o \
	src/deck/deck_match.o \
	src/deck/deck_note.o \
	src/deck/deck_text.o \
	src/cache/answer_cache.o \
	src/cache/cached_rows.o \
	src/cache/call_cache.o \
	src/cache/distribution.o \
	src/cache/generation.o \
	src/cache/known_at.o \
	src/cache/municipal_answers.o \
	src/cache/name_lookup.o \
	src/cache/names.o \
	src/cache/registry.o \
	src/cache/scan.o \
	src/cache/tables.o \
	src/triggers/channel_follows.o \
	src/triggers/confirm_relation.o \
	src/triggers/generation_write.o \
	src/triggers/notify.o \
	src/triggers/print_trigger.o \
	src/triggers/references.o \
	src/triggers/revision.o \
	src/triggers/shipped.o \
	src/triggers/system_time.o \
	src/triggers/trigger.o \
	src/facts/aggregate.o \
	src/facts/cube_context.o \
	src/facts/cube_relation.o \
	src/facts/groups.o \
	src/facts/measure.o \
	src/facts/municipality.o \
	src/facts/period_encoding.o \
	src/facts/periods.o \
	src/facts/print_hash.o \
	src/facts/prints.o \
	src/facts/try_in_subtransaction.o \
	src/sql/area_functions.o \
	src/sql/area_summary.o \
	src/sql/check_cubes.o \
	src/sql/explain.o \
	src/sql/guard.o \
	src/sql/guarded_views.o \
	src/sql/horizon.o \
	src/sql/import.o \
	src/sql/import_warnings.o \
	src/sql/known.o \
	src/sql/labels.o \
	src/sql/listings.o \
	src/sql/matrix.o \
	src/sql/notices.o \
	src/sql/period_functions.o \
	src/sql/prints.o \
	src/sql/record.o \
	src/sql/release_ics.o \
	src/sql/releases.o \
	src/sql/row.o \
	src/sql/selftest.o \
	src/sql/status_deck.o \
	src/sql/support.o \
	src/page/page.o \
	src/page/page_areas.o \
	src/page/page_corrections.o \
	src/page/page_differences.o \
	src/page/page_frame.o \
	src/page/page_messages.o \
	src/page/page_notices.o \
	src/page/page_releases.o \
	src/page/page_style.o

# The library gives away what the server asks for, the functions of SQL, and keeps all else to itself,
# so that a session that loads it has no more names to look up.
SHLIB_EXPORTS = exports.txt
EXTRA_CLEAN = exports.txt exports.list

# Includes are written from src.  The compiler notes what headers an object is made of beside it.
PG_CPPFLAGS = -I$(srcdir)/src
PG_CFLAGS = -MMD -MP
EXTRA_CLEAN += $(OBJS:.o=.d)

DATA = $(patsubst $(srcdir)/%,%,$(wildcard $(srcdir)/sql/flis--*.sql))
DATA += export/flis_export.sql
DOCS = \
	doc/flis.md \
	doc/analyst.md \
	doc/guide.md \
	doc/keyfigures.md \
	doc/loading.md \
	doc/operation.md \
	doc/recipes.md \
	doc/sharding.md \
	doc/tools.md \
	doc/vejledning.md

# The inputs are in test/sql and test/isolation/specs, the answers in expected and
# test/isolation/expected.
REGRESS_OPTS = --inputdir=$(srcdir)/test --encoding=UTF8
# Compiling the tests' queries takes longer than running them.
installcheck: export PGOPTIONS := $(PGOPTIONS) -c jit=off
REGRESS = \
	install \
	calendar \
	period \
	form \
	rules \
	rhythms \
	golden \
	follows \
	tables \
	cache \
	history \
	name_lookup \
	invariants \
	deck \
	import \
	coverage \
	explain \
	telling \
	releases \
	notices \
	page \
	corrections \
	words \
	rights \
	arguments \
	triggers \
	altered \
	selftest \
	pruning \
	guard \
	guard_calendar \
	verdict \
	cubes \
	horizon \
	shapes \
	reporting \
	star \
	mark \
	loaders \
	trust \
	distributed \
	municipality \
	matrix \
	prints \
	receipt \
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
	remember \
	repeatable_read \
	rewrite \
	rollback_to \
	schema_owner \
	serializable \
	swap \
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

# The names that PG_FUNCTION_INFO_V1 and PG_MODULE_MAGIC make, and _PG_init where there is one.
exports.txt: $(OBJS:.o=.c)
	{ echo Pg_magic_func; \
	  sed -n -e 's/^PG_FUNCTION_INFO_V1(\(.*\));.*/\1 pg_finfo_\1/p' -e 's/^\(_PG_init\)(.*/\1/p' $^; } | \
		tr ' ' '\n' >$@

# A build outside the source tree has to make the folders of its objects.
$(shell mkdir -p $(sort $(dir $(OBJS))))
-include $(OBJS:.o=.d)
# Bitcode is made of the same headers.
$(OBJS:.o=.bc): %.bc: %.o

/*
 * check.h
 *		What a fuzzer holds its subject to.
 */
#ifndef FLIS_FUZZ_CHECK_H
#define FLIS_FUZZ_CHECK_H

#include <stdio.h>
#include <stdlib.h>

/* Ends the process where a promise is not kept, which the fuzzer takes for a crash. */
#define CHECK(condition)                                                                           \
	do                                                                                             \
	{                                                                                              \
		if (!(condition))                                                                          \
		{                                                                                          \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                        \
			abort();                                                                               \
		}                                                                                          \
	} while (0)

#endif

/*
 * cppcheck.h
 *		Macros of the server's headers, which cppcheck doesn't read, as it has to understand them.
 */
#define pg_attribute_printf(format, arguments)
#define dlist_foreach(iter, list) for (;;)

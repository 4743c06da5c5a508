/*
 * try_in_subtransaction.c
 *		Calls a function whose errors must not end the statement, as when one cube of many cannot be
 *		read.
 */
#include "facts/try_in_subtransaction.h"

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

static bool is_local(int sqlerrcode);

/*
 * flis_try_in_subtransaction calls a function in a subtransaction.  It returns false, and the error
 * in the caller's memory context, if the function failed.  An error that concerns the whole
 * statement is raised again.
 */
bool
flis_try_in_subtransaction(void (*work)(void *), void *argument, ErrorData **error)
{
	MemoryContext context = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;

	*error = NULL;
	BeginInternalSubTransaction(NULL);
	MemoryContextSwitchTo(context);
	PG_TRY();
	{
		work(argument);
		ReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		*error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(context);
		CurrentResourceOwner = owner;
		if (!is_local((*error)->sqlerrcode))
			ReThrowError(*error);
	}
	PG_END_TRY();
	return *error == NULL;
}

/*
 * is_local tells whether an error concerns only the function that was called.  It doesn't if the
 * statement was cancelled or must be tried again, or if memory, disk or the server itself failed.
 * ADMIN_SHUTDOWN raised as ERROR comes from a remote server, and a missing file belongs to a
 * foreign table.
 */
static bool
is_local(int sqlerrcode)
{
	int category = ERRCODE_TO_CATEGORY(sqlerrcode);

	return sqlerrcode == ERRCODE_UNDEFINED_FILE ||
		   (sqlerrcode != ERRCODE_QUERY_CANCELED &&
			category != ERRCODE_TO_CATEGORY(ERRCODE_TRANSACTION_ROLLBACK) &&
			category != ERRCODE_TO_CATEGORY(ERRCODE_INSUFFICIENT_RESOURCES) &&
			category != ERRCODE_TO_CATEGORY(ERRCODE_SYSTEM_ERROR) &&
			category != ERRCODE_TO_CATEGORY(ERRCODE_INTERNAL_ERROR));
}

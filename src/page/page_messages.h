/*
 * page_messages.h
 *		What the status page says besides the words of the field, in Danish and English.
 */
#ifndef FLIS_PAGE_MESSAGES_H
#define FLIS_PAGE_MESSAGES_H

/* Each has its text in both languages; a %s in it is filled in with flis_page_format. */
typedef enum FlisPageMessage
{
#define FLIS_MESSAGE(message, danish, english) message,
#include "page/page_message_list.h"
#undef FLIS_MESSAGE
	FLIS_PAGE_MESSAGES
} FlisPageMessage;

/* By FlisPageMessage and FlisLanguage. */
extern const char *const flis_page_messages[FLIS_PAGE_MESSAGES][2];

#endif

/*
 * page_messages.h
 *		The texts of the status page, in Danish and English, but for the labels of codes.
 */
#ifndef FLIS_PAGE_MESSAGES_H
#define FLIS_PAGE_MESSAGES_H

/* A text by its name; each %s in it is filled in by flis_page_format. */
typedef enum FlisPageMessage
{
#define FLIS_MESSAGE(message, danish, english) message,
#include "page/page_message_list.h"
#undef FLIS_MESSAGE
	FLIS_PAGE_MESSAGES
} FlisPageMessage;

/* The texts by FlisPageMessage and FlisLanguage. */
extern const char *const flis_page_messages[FLIS_PAGE_MESSAGES][2];

#endif

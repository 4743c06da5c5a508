/*
 * page_messages.c
 *		The table of the status page's texts, made of page_message_list.h.
 */
#include "page/page_messages.h"

const char *const flis_page_messages[FLIS_PAGE_MESSAGES][2] = {
#define FLIS_MESSAGE(message, danish, english) [message] = {danish, english},
#include "page/page_message_list.h"
#undef FLIS_MESSAGE
};

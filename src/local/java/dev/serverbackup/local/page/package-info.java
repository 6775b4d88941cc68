/** The page at {@code /}, which shows the local cloud's state and calls. */
package dev.serverbackup.local.page;

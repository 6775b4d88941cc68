/** The page at {@code /}: what the local cloud has, was asked and did, for people. */
package dev.serverbackup.local.page;

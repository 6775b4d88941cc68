/** The program for people, {@code ./server-backup}: questions to the audit, requests, and the local cloud. */
package dev.serverbackup.cli;

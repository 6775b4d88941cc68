package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;

/**
 * Something that happened to a server.
 *
 * @param number counts an account's events up from 1
 */
public record ServerEvent(long number, Instant createdAt, String serverName, String message, String logUrl) {}

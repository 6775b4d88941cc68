package dev.serverbackup.server;

import dev.serverbackup.request.ServerName;

/**
 * A server that was selected and that one of its tags excludes.
 *
 * @param reason one of few texts, without control characters
 */
public record ExcludedServer(ServerName name, String reason) {}

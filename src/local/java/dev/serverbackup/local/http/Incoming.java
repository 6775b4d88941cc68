package dev.serverbackup.local.http;

import java.util.Optional;

/**
 * A request as HTTP delivered it.
 *
 * @param body absent if it was longer than the front accepts
 * @param loopback whether it came from this machine, asked of one of its loopback names
 */
record Incoming(String method, String path, String target, Optional<byte[]> body, boolean loopback) {}

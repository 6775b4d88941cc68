package dev.serverbackup.local.http;

import java.util.Optional;

/** A request as HTTP delivered it; the body is absent if it was longer than the front accepts. */
record Incoming(String method, String path, String target, Optional<byte[]> body) {}

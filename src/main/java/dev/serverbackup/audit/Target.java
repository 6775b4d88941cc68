package dev.serverbackup.audit;

import dev.serverbackup.request.ServerName;
import java.util.Optional;

/** A target as the run row keeps it: enough to write its entry anew after a crash. */
public record Target(ServerName name, Optional<String> arn) {}

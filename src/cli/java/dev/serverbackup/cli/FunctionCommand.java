package dev.serverbackup.cli;

import java.util.Set;

/** The commands that run the function in their own process, and so write its log. */
final class FunctionCommand {
    static final Set<String> NAMES = Set.of("demo", "cloud");

    private FunctionCommand() {}
}

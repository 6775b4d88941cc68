package dev.serverbackup.cli;

import java.util.Set;

/** The commands in whose process the function itself runs, so that its log lines are wanted. */
final class FunctionCommand {
    static final Set<String> NAMES = Set.of("demo", "cloud");

    private FunctionCommand() {}
}

package dev.serverbackup.cli;

import java.io.Console;
import java.util.Optional;

/** Asks the person at the terminal. */
@FunctionalInterface
public interface Prompt {
    /** There is no terminal. */
    Prompt ABSENT = _ -> Optional.empty();

    /** Asks a question and waits for a line; empty if there is no terminal, or its input has ended. */
    Optional<String> ask(String question);

    /** Uses the process's console, if standard input and output are a terminal. */
    static Prompt atConsole() {
        return question -> {
            Console console = System.console();
            return console.isTerminal() ? Optional.ofNullable(console.readLine("%s", question)) : Optional.empty();
        };
    }
}

package dev.serverbackup.cli;

import java.io.Console;
import java.util.Optional;

/** The person at the terminal, who can be asked. */
@FunctionalInterface
public interface Person {
    /** There is no terminal. */
    Person ABSENT = _ -> Optional.empty();

    /** Asks, and waits for a line; empty where there is no terminal, or its input has ended. */
    Optional<String> ask(String question);

    /** At the process's console, where standard input and output are a terminal. */
    static Person atConsole() {
        return question -> {
            Console console = System.console();
            return console.isTerminal() ? Optional.ofNullable(console.readLine("%s", question)) : Optional.empty();
        };
    }
}

package dev.serverbackup.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The program without a process.
 *
 * @param code what it would exit with
 */
public record InProcess(int code, String out, String err) {
    /** Into a pipe. */
    public static InProcess run(String now, String... arguments) {
        return run(Optional.empty(), screen -> new ServerBackup(screen, Map.of(), () -> Instant.parse(now)), arguments);
    }

    /** On a terminal so wide, without colours. */
    static InProcess run(String now, int width, String... arguments) {
        return run(
                Optional.of(width), screen -> new ServerBackup(screen, Map.of(), () -> Instant.parse(now)), arguments);
    }

    /**
     * With a person at the terminal.
     *
     * @param typed what the person types; absent where there is no terminal
     * @param pause lets time pass
     */
    public static InProcess run(
            InstantSource clock, Optional<String> typed, Consumer<Duration> pause, String... arguments) {
        return run(Optional.empty(), screen -> new ServerBackup(screen, Map.of(), clock, _ -> typed, pause), arguments);
    }

    private static InProcess run(Optional<Integer> width, Function<Screen, ServerBackup> program, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Screen screen = new Screen(new PrintWriter(out), new PrintWriter(err), StandardCharsets.UTF_8, width, false);
        int code = program.apply(screen).run(arguments);
        return new InProcess(code, out.toString(), err.toString());
    }
}

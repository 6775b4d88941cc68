package dev.serverbackup.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/**
 * The program's output. Characters that the character set can't encode are written as JSON escapes. Used by one thread
 * at a time.
 *
 * @param width the terminal's width in characters; empty if standard output is not a terminal
 * @param colour whether colours are shown
 */
public record Screen(PrintWriter out, PrintWriter err, Charset charset, Optional<Integer> width, boolean colour) {
    /** The terminal's width, set by the launcher if standard output is a terminal. */
    static final String WIDTH_VARIABLE = "SERVER_BACKUP_COLUMNS";

    private static final int NARROWEST = 40;
    /** Picocli's help is not narrower. */
    private static final int NARROWEST_HELP = 55;

    private static final int WIDEST_HELP = 120;
    private static final int USUAL_WIDTH = 80;

    /** Standard output and standard error. */
    static Screen ofProcess(Map<String, String> environment) {
        Optional<Integer> width = Optional.ofNullable(environment.get(WIDTH_VARIABLE))
                .filter(text -> text.matches("[1-9][0-9]{0,3}"))
                .map(Integer::valueOf)
                .map(columns -> Math.max(NARROWEST, columns));
        // A pipe gets UTF-8 whatever the locale, as JSON demands it.
        Charset charset = width.isPresent() ? System.out.charset() : StandardCharsets.UTF_8;
        boolean colour = width.isPresent()
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Screen(writer(System.out, charset), writer(System.err, charset), charset, width, colour);
    }

    /** A screen that discards its output. */
    static Screen unseen() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return new Screen(nowhere, nowhere, StandardCharsets.UTF_8, Optional.empty(), false);
    }

    private static PrintWriter writer(PrintStream stream, Charset charset) {
        return new PrintWriter(stream, false, charset);
    }

    /** The text with an escape for each character that the screen's character set lacks. */
    String writable(String text) {
        if (charset.newEncoder().canEncode(text)) {
            return text;
        }
        StringBuilder writable = new StringBuilder();
        text.codePoints().forEach(character -> {
            String one = Character.toString(character);
            writable.append(
                    charset.newEncoder().canEncode(one)
                            ? one
                            : one.chars().mapToObj("\\u%04X"::formatted).reduce("", String::concat));
        });
        return writable.toString();
    }

    Help.ColorScheme colours() {
        return Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF);
    }

    int helpWidth() {
        return Math.clamp(width.orElse(USUAL_WIDTH), NARROWEST_HELP, WIDEST_HELP);
    }

    /** Shows progress on standard error: in place on a terminal, otherwise a line each time. */
    public void showProgress(String line) {
        if (width.isPresent()) {
            err.print("\r" + line.substring(0, Math.min(line.length(), width.get() - 1)) + "\u001B[K");
        } else {
            err.println(line);
        }
        flush();
    }

    /** Ends the progress line. */
    public void endProgress() {
        if (width.isPresent()) {
            err.println();
        }
        flush();
    }

    void flush() {
        out.flush();
        err.flush();
    }
}

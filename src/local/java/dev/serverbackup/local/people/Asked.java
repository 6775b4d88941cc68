package dev.serverbackup.local.people;

import dev.serverbackup.local.Options;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A question, and how its answer is wanted.
 *
 * @param limit the most rows to show, 1 to {@value #MOST_ROWS}
 */
record Asked(Question question, boolean json, int limit) {
    static final int MOST_ROWS = 10_000;

    private static final int ROWS = 200;
    private static final List<String> QUESTIONS = List.of("server", "run", "failed", "runs", "open");
    private static final List<String> SWITCHES = List.of("failed", "runs", "open");

    /**
     * @throws UnclearException if there is not exactly one question
     * @throws IllegalArgumentException if an option is not what it may be; the message names it
     */
    static Asked read(Options options, LocalDate today) {
        List<String> given =
                QUESTIONS.stream().filter(name -> isGiven(options, name)).toList();
        if (given.size() != 1) {
            throw new UnclearException(given);
        }
        return new Asked(question(given.getFirst(), options, today), options.isOn("json"), limit(options));
    }

    private static Question question(String name, Options options, LocalDate today) {
        Optional<String> since = options.given("since");
        Optional<String> until = options.given("until");
        return switch (name) {
            case "server" -> new Question.OfServer(server(options.text(name)), Period.of(since, until));
            case "failed" -> new Question.Failed(Period.ofDays(since, until, today));
            case "runs" -> new Question.Runs(Period.ofDays(since, until, today));
            case "run" -> timeless(name, options, new Question.OfRun(run(options.text(name))));
            case "open" -> timeless(name, options, new Question.Open());
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Question timeless(String name, Options options, Question question) {
        if (options.given("since").isPresent() || options.given("until").isPresent()) {
            throw new IllegalArgumentException(
                    "-Dsince and -Duntil go with -Dserver, -Dfailed and -Druns, not with -D" + name);
        }
        return question;
    }

    private static ServerName server(String text) {
        return ServerName.parse(text)
                .orElseThrow(() -> Options.refused("server", "a name of " + ServerName.ALLOWED, text));
    }

    private static RunId run(String text) {
        try {
            return new RunId(text);
        } catch (IllegalArgumentException e) {
            throw Options.refused("run", "1 to 100 of A-Z a-z 0-9 . _ : @ -", text);
        }
    }

    private static int limit(Options options) {
        return options.given("limit").isEmpty()
                ? ROWS
                : options.number("limit", 1, MOST_ROWS, "a number of rows, 1 to " + MOST_ROWS);
    }

    private static boolean isGiven(Options options, String name) {
        return SWITCHES.contains(name)
                ? options.isOn(name)
                : options.given(name).isPresent();
    }
}

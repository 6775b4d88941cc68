package dev.serverbackup.local.people;

import dev.serverbackup.local.Options;
import dev.serverbackup.request.OutsideText;
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
    private static final int QUOTED = 60;
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
        return new Asked(question(given.getFirst(), options, today), isOn(options, "json"), limit(options));
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
        return ServerName.parse(text).orElseThrow(() -> refused("server", "a name of " + ServerName.ALLOWED, text));
    }

    private static RunId run(String text) {
        try {
            return new RunId(text);
        } catch (IllegalArgumentException e) {
            throw refused("run", "1 to 100 of A-Z a-z 0-9 . _ : @ -", text);
        }
    }

    private static int limit(Options options) {
        String text = options.given("limit").orElse(Integer.toString(ROWS));
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_ROWS) {
            throw refused("limit", "a number of rows, 1 to " + MOST_ROWS, text);
        }
        return Integer.parseInt(text);
    }

    private static boolean isGiven(Options options, String name) {
        return SWITCHES.contains(name)
                ? isOn(options, name)
                : options.given(name).isPresent();
    }

    private static boolean isOn(Options options, String name) {
        String text = options.given(name).orElse("false");
        if (!text.equals("true") && !text.equals("false")) {
            throw refused(name, "a switch: -D" + name + " alone, or true or false", text);
        }
        return text.equals("true");
    }

    private static IllegalArgumentException refused(String option, String allowed, String text) {
        return new IllegalArgumentException(
                "-D%s is %s, not \"%s\"".formatted(option, allowed, OutsideText.shown(text, QUOTED)));
    }
}

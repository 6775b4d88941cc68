package dev.serverbackup.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import software.amazon.awssdk.core.exception.SdkException;

/** Prints errors on standard error: as text, or as JSON with {@code --json}. */
final class Failures {
    private static final int MOST_SUGGESTIONS = 2;

    private final Screen screen;
    private final boolean json;

    Failures(Screen screen, String... arguments) {
        this.screen = screen;
        this.json = Arrays.asList(arguments).contains("--json");
    }

    /** The command line is invalid. */
    int unclear(ParameterException e, String... arguments) {
        String help = "server-backup help shows the commands";
        CommandLine command = e.getCommandLine();
        if (command.getParent() != null) {
            help = command.getCommandSpec().qualifiedName() + " --help shows its options";
        }
        return fail(ServerBackup.USAGE, message(e) + meant(e), help);
    }

    /** The command failed. An unexpected exception is printed with its stack trace, since it is a bug. */
    int unanswered(Exception e, CommandLine command, ParseResult parsed) {
        return switch (e) {
            case CommandFailedException refused -> fail(ServerBackup.FAILED, refused.getMessage(), refused.advice());
            case IllegalArgumentException unclear -> fail(ServerBackup.USAGE, unclear.getMessage(), "");
            case SdkException refused -> {
                CommandFailedException why = CommandFailedException.of(refused, "AWS");
                yield fail(ServerBackup.FAILED, why.getMessage(), why.advice());
            }
            default -> {
                e.printStackTrace(screen.err());
                yield ServerBackup.FAILED;
            }
        };
    }

    private static String message(ParameterException e) {
        // Only some of picocli's messages begin so.
        return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
    }

    private static String meant(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        return unmatched.getSuggestions().stream()
                .limit(MOST_SUGGESTIONS)
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(" or "),
                        nearest -> nearest.isEmpty() ? "" : "; did you mean " + nearest + "?"));
    }

    private int fail(int code, String message, String advice) {
        if (json) {
            screen.err().println(screen.writable(error(code, message, advice)));
        } else {
            screen.err().print(screen.writable(FindingsText.paragraph(message, screen)));
            if (!advice.isEmpty()) {
                screen.err().print(screen.writable(FindingsText.paragraph(advice, screen)));
            }
        }
        return code;
    }

    private static String error(int code, String message, String advice) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode error = answer.putObject("error");
        if (!advice.isEmpty()) {
            error.put("advice", advice);
        }
        error.put("exitCode", code).put("message", message);
        return answer.toString();
    }
}

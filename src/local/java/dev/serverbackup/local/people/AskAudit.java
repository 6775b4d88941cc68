package dev.serverbackup.local.people;

import dev.serverbackup.local.Options;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Asks an audit table one question. Exits with 0 if it is answered, even if nothing is found, with 2 if the question is
 * not clear, with 3 if the table does not answer.
 */
public final class AskAudit {
    /** Its options, by the names of their Maven properties. */
    static final Set<String> OPTIONS = Set.of(
            "server",
            "run",
            "failed",
            "runs",
            "open",
            "since",
            "until",
            "limit",
            "json",
            "table",
            "region",
            "dynamodb.endpoint");

    private static final int ANSWERED = 0;
    private static final int UNCLEAR = 2;
    private static final int UNANSWERED = 3;

    private final Map<String, String> environment;
    private final InstantSource clock;

    AskAudit(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** @param arguments {@code --server=…} and the like; an empty value is as good as none */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        // The SDK's log lines would stand in the midst of the answer.
        System.setOut(System.err);
        System.exit(new AskAudit(System.getenv(), Clock.systemUTC()).run(arguments, out, err));
    }

    /** Answers to {@code out}, complains to {@code err}. */
    int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            Options options = Options.of(OPTIONS, arguments);
            Asked asked = Asked.read(options, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            return answer(asked, Place.read(options, environment), out, err);
        } catch (UnclearException e) {
            err.print(e.getMessage() + "\n\n" + Usage.TEXT);
            return UNCLEAR;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return UNCLEAR;
        }
    }

    private int answer(Asked asked, Place place, PrintStream out, PrintStream err) {
        try (DynamoDbClient client = place.client()) {
            AuditReader reader = new AuditReader(client, place.table(), clock);
            Found found = found(reader, asked);
            if (asked.json()) {
                out.println(ItemJson.document(found));
            } else {
                out.print(FoundText.of(asked.question(), found, place, clock.instant()));
            }
            return ANSWERED;
        } catch (SdkException e) {
            err.println(Unanswered.why(e, place));
            return UNANSWERED;
        }
    }

    /** Whole rows where the index holds parts: for JSON, and for failures, whose servers' tags are not in it. */
    private static Found found(AuditReader reader, Asked asked) {
        Found found = reader.answer(asked.question(), asked.limit());
        boolean partly = asked.question().isAnsweredInPart();
        return partly && (asked.json() || asked.question() instanceof Question.Failed) ? reader.whole(found) : found;
    }
}

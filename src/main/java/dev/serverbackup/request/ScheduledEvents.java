package dev.serverbackup.request;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the native event of an EventBridge rule with a schedule, which has no detail. */
final class ScheduledEvents {
    static final String SOURCE = "aws.events";
    static final String DETAIL_TYPE = "Scheduled Event";

    /** A rule's name is 1 to 64 of these characters (EventBridge API, {@code PutRule}). */
    private static final Pattern RULE_ARN =
            Pattern.compile("arn:[a-z0-9-]+:events:[a-z0-9-]+:[0-9]{12}:rule/(?:\\S*/)?([.\\-_A-Za-z0-9]{1,64})");

    private static final String ALLOWED = "the ARN of the rule, arn:aws:events:<region>:<account>:rule/<name>, its name"
            + " 1 to 64 of A-Z a-z 0-9 . - _";
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private ScheduledEvents() {}

    static boolean sent(ScheduledEvent event) {
        return SOURCE.equals(event.getSource()) && DETAIL_TYPE.equals(event.getDetailType());
    }

    /** The run of this rule and this minute, however often the rule fires for it. */
    static RunId runId(ScheduledEvent event) {
        return RunId.ofSchedule(ruleName(event.getResources()), slot(event));
    }

    private static String ruleName(List<String> resources) {
        if (resources == null || resources.isEmpty() || resources.getFirst() == null) {
            throw new InvalidRequestException("resources", "names no rule, but must begin with " + ALLOWED);
        }
        String arn = resources.getFirst();
        Matcher rule = RULE_ARN.matcher(arn);
        if (!rule.matches()) {
            throw new InvalidRequestException(
                    "resources", "begins with " + SafeText.quoted(arn) + ", but must begin with " + ALLOWED);
        }
        return rule.group(1);
    }

    private static Instant slot(ScheduledEvent event) {
        if (event.getTime() == null) {
            throw new InvalidRequestException("time", "is missing, but must be when the rule fired (ISO 8601)");
        }
        Instant time = Instant.ofEpochMilli(event.getTime().getMillis());
        if (time.isBefore(FIRST) || !time.isBefore(END)) {
            throw new InvalidRequestException("time", "is " + time + ", but must be of the years 1970 to 9999");
        }
        return time;
    }
}
